import { describeLaws } from "./law.js";
import { stepLaws } from "./step/step-laws.js";
import type { StepCase } from "./step/step-case.js";

/** The laws of steps as tests of one step, in the plan of a model whose other steps are the core's. */
export function describeStep(subject: StepCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a step`, stepLaws, subject);
}
