import { describeLaws } from "./law.js";
import { sourceLaws, type SourceCase } from "./source/source-laws.js";

/** The laws of sources as tests of one source. */
export function describeSource(subject: SourceCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a source`, sourceLaws, subject);
}
