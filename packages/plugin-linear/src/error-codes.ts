import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  LINEAR_CLASS: { means: "`classWeight` names a class that the target does not have.", mend: "Name a class as the data has it." },
  LINEAR_FEATURE: { means: "A linear model was given a column that is neither a float32 number nor a category code nor a sparse vector.", mend: "Put a transform before the trainer, such as `category`, or drop the column." },
  LINEAR_INPUT: { means: "A linear model has no features, or is lowered behind other transforms than it was trained with.", mend: "Give it at least one column, and lower it behind its own transforms." },
  LINEAR_PROBLEM: { means: "A trainer does not fit the problem: numbers and classes need different ones.", mend: "Use the trainer that the message names, or set columns.task." },
};
