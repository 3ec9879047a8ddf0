import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  DECIDE_UNREACHABLE: { means: "No threshold on the validation rows keeps to the limits of `decide`.", mend: "Lower `atLeast`, raise `capacity`, or calibrate with method platt, which keeps rows apart." },
  TRANSFORM_SCORE: { means: "A transform behind a classifier met a prediction that is no probability.", mend: "Use it behind a classifier, whose scores lie between 0 and 1." },
  TRANSFORM_TARGET: { means: "A transform cannot learn from the target: there is none, or it holds values that the transform cannot take.", mend: "Set columns.target, or use the transform that the message names." },
  TRANSFORM_WIDTH: { means: "A transform would make more numbers of a row than it may.", mend: "Keep fewer categories, columns or tokens, by the option that the message names." },
};
