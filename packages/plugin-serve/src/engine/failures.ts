import { MillraceError } from "@millrace/core";

/** A request whose time is up. */
export function deadlineMissed(): MillraceError {
  return new MillraceError({ code: "SERVE_DEADLINE", message: "The request's time was up before its answer was there.", mend: "Send fewer rows, send them later, or raise server.limits.deadline." });
}

/** What a client is told where the runtime failed on its rows: not how, since that may name paths. `row`: the one at fault, of the request's; null: not known. */
export function asFailure(cause: unknown, row: number | null = null): MillraceError {
  return new MillraceError({ code: "SERVE_FAILED", message: row === null ? "The model failed on these rows." : `The model failed on row ${row}.`, mend: "Look into the server's log for the cause.", cause, ...(row === null ? {} : { facts: { row } }) });
}

/** Nobody hears of it. */
export function clientGone(): MillraceError {
  return new MillraceError({ code: "SERVE_ABORTED", message: "The client went away.", mend: "Send the request again." });
}

/** More than fits. */
export function overloaded(): MillraceError {
  return new MillraceError({ code: "SERVE_BUSY", message: "The server has as many requests as it can do.", mend: "Try again after the time that the header Retry-After names.", facts: { retryAfter: 1 } });
}

/** A model whose process ended again and again. */
export function unavailable(): MillraceError {
  return new MillraceError({ code: "SERVE_UNAVAILABLE", message: "The model cannot answer at the moment.", mend: "Try again later; the server's log has the cause.", facts: { retryAfter: 30 } });
}
