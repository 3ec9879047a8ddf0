import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  TREES_CLASS: { means: "`classWeight` names a class that the target does not have, or the target is a number.", mend: "Name a class as the data has it, or leave `classWeight` out." },
  TREES_CONSTRAINT: { means: "`monotone` or `interactions` names a feature that the trainer does not get, or one without an order.", mend: "Name features as the transforms leave them; `monotone` takes numbers only." },
  TREES_FEATURE: { means: "Trees were given a column that is neither a float32 number nor a category code.", mend: "Put a transform before the trainer, such as `category`, or drop the column." },
  TREES_INPUT: { means: "A model of trees has no features, or is lowered behind other transforms than it was trained with.", mend: "Give it at least one column, and lower it behind its own transforms." },
  TREES_MEMORY: { means: "A training of trees needs more memory than WebAssembly can address.", mend: "Train on fewer rows or columns, or lower `bins` or `leaves`." },
  TREES_OBJECTIVE: { means: "The objective does not fit the problem, or a loss of your own cannot be loaded or gives no finite derivatives.", mend: "Name an objective for the problem, or mend the module that the message names." },
  TREES_START: { means: "The model to go on from has other features, categories, classes or another objective.", mend: "Train from nothing, or go on with what it was trained with." },
  TREES_THREAD: { means: "A thread of the training ended or hangs.", mend: "Run it again; where it happens again, set limits.threads to 1 and report it." },
  TREES_VALIDATION: { means: "`earlyStopping` is set, and there is no validation part.", mend: "Give `split` a validation part, or leave `earlyStopping` out." },
};
