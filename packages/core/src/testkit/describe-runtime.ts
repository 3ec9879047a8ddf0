import { describeLaws } from "./law.js";
import { runtimeLaws, type RuntimeCase } from "./runtime/runtime-laws.js";

/** The laws of runtimes as tests of one of them. */
export function describeRuntime(subject: RuntimeCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a runtime`, runtimeLaws, subject);
}
