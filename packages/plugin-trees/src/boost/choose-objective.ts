import { MillraceError, type Problem } from "@millrace/core";
import type { ObjectiveName } from "./objective.js";

const FOR_NUMBERS: readonly ObjectiveName[] = ["squared", "absolute", "huber", "quantile", "poisson"];
const ALLOWED: Readonly<Record<Problem["kind"], readonly ObjectiveName[]>> = { binary: ["logistic"], multiclass: ["softmax"], regression: FOR_NUMBERS };

/** The objective that was named, or that of the problem. Throws TREES_OBJECTIVE where it does not fit. */
export function chooseObjective(named: ObjectiveName | undefined, problem: Problem): ObjectiveName {
  const allowed = ALLOWED[problem.kind];
  if (named === undefined) return allowed[0]!;
  if (allowed.includes(named)) return named;
  throw new MillraceError({
    code: "TREES_OBJECTIVE",
    message: `The objective "${named}" does not fit a ${problem.kind} problem.`,
    mend: `Set \`objective\` to ${allowed.map((name) => `"${name}"`).join(", ")}, or leave it out; \`columns.task\` says which problem it is.`,
    facts: { objective: named, problem: problem.kind },
  });
}
