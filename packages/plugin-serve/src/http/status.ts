import { MillraceError } from "@millrace/core";

/** The status of each code that a client may see; any other failure is the server's own, 500, and says nothing of itself. */
const STATUS: Readonly<Record<string, number>> = {
  SERVE_BODY: 400,
  SERVE_INPUT: 400,
  SERVE_OUTPUT: 400,
  SERVE_TENSOR: 400,
  SERVE_NAME: 400,
  SERVE_ABORTED: 400,
  SERVE_KEY: 401,
  SERVE_SCOPE: 403,
  SERVE_NOT_FOUND: 404,
  SERVE_METHOD: 405,
  SERVE_STATE: 409,
  SERVE_TOO_LARGE: 413,
  SERVE_TOO_MANY_ROWS: 413,
  SERVE_ENCODING: 415,
  SERVE_NUMBER: 422,
  SERVE_RATE: 429,
  SERVE_FAILED: 500,
  SERVE_BUSY: 503,
  SERVE_UNAVAILABLE: 503,
  SERVE_DEADLINE: 504,
};

export function statusOf(error: MillraceError): number {
  return STATUS[error.code] ?? 500;
}

/** What a client may be told of a failure. */
export function forClient(error: unknown): MillraceError {
  if (MillraceError.is(error) && Object.hasOwn(STATUS, error.code)) return error;
  return new MillraceError({ code: "SERVE_FAILED", message: "The server failed on this request.", mend: "Look into the server's log for the cause.", cause: error });
}
