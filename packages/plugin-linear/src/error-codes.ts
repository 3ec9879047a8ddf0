import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  DATA_CODE: { means: "A category code lies outside of its categories.", mend: "Report this to the author of the transform that made the column." },
  DATA_INFINITE: { means: "A feature is infinite in a training row.", mend: "Put a `clip` transform before the trainer, or make the value missing in the source." },
  DATA_ROWS: { means: "The training part gave another number of rows than it promised.", mend: "Report this to the author of the step that made the rows." },
  DATA_TARGET: { means: "The target of a training row is no class and no finite number.", mend: "Mend it in the source, or leave the row out of the training part." },
  DATA_WEIGHT: { means: "A weight is negative or not finite, or all are 0.", mend: "Mend the column that columns.weight names." },
  LINEAR_CLASS: { means: "`classWeight` names a class that the target does not have.", mend: "Name a class as the data has it." },
  LINEAR_FEATURE: { means: "A linear model was given a column that is neither a float32 number nor a category code nor a sparse vector.", mend: "Put a transform before the trainer, such as `category`, or drop the column." },
  LINEAR_INPUT: { means: "A linear model has no features, or is lowered behind other transforms than it was trained with.", mend: "Give it at least one column, and lower it behind its own transforms." },
  LINEAR_PROBLEM: { means: "A trainer does not fit the problem: numbers and classes need different ones.", mend: "Use the trainer that the message names, or set columns.task." },
};
