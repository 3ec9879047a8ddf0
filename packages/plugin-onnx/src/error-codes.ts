import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  RUNTIME_CLOSED: { means: "A predictor was used after it had been disposed of.", mend: "Load the model again." },
  RUNTIME_LOAD: { means: "onnxruntime does not load the model.", mend: "Make the model again with `millrace run`." },
};
