import { checkLaws, type CheckCase } from "./check/check-laws.js";
import { describeLaws } from "./law.js";

/** What every check does, as tests of one check. */
export function describeCheck(subject: CheckCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a check`, checkLaws, subject);
}
