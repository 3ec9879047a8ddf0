import { MillraceError } from "@millrace/core";
import type { NumberPolicy } from "./json-number.js";

/** Bounds of a request for predictions. */
export interface PredictLimits {
  readonly bodyBytes: number;
  readonly rows: number;
  readonly depth: number;
  readonly queue: number;
  readonly waitMs: number;
  readonly deadlineMs: number;
  readonly numbers: NumberPolicy;
}

export function tooManyRows(found: number, most: number): MillraceError {
  return new MillraceError({ code: "SERVE_TOO_MANY_ROWS", message: `The request has ${found} rows; at most ${most} are allowed.`, mend: `Send at most ${most} rows at once, or predict a file: millrace predict.` });
}
