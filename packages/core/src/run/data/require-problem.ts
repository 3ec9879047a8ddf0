import type { Problem } from "../../contracts/trainer.js";
import { MillraceError } from "../../errors/millrace-error.js";

/** What a step that needs a target works on. Throws TRAIN_NO_TARGET. */
export function requireProblem(problem: Problem | null): Problem {
  if (problem === null) throw new MillraceError({ code: "TRAIN_NO_TARGET", message: "The model has no target to learn.", mend: "Set columns.target." });
  return problem;
}
