import { MillraceError } from "../../errors/millrace-error.js";

export function noRows(): MillraceError {
  return new MillraceError({ code: "DATA_EMPTY", message: "The source gave no rows.", mend: "Check the query or the files that the source names: `millrace config` prints them." });
}
