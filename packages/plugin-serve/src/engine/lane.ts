import type { Frame, MillraceError } from "@millrace/core";
import type { Batch } from "./batch.js";

/** Rows [from, to) of the open batch of a lane, and who waits for them. */
export interface Job {
  readonly from: number;
  readonly to: number;
  /** In the clock of `performance.now()`, milliseconds. */
  readonly deadline: number;
  readonly arrived: number;
  /** The outputs of the batch, and where in them the job's rows begin; or why there are none. What comes after the first call is not heard. */
  done(outputs: Frame | null, from: number, error: MillraceError | null): void;
}

/** Where the rows of one model version go, and come back as outputs. Requests of one turn of the event loop go together. */
export interface Lane extends AsyncDisposable {
  readonly place: "in-process" | "isolated";
  /** The batch that is being filled. */
  open(): Batch;
  /** Hands over the rows that were appended to the open batch last. */
  submit(job: Job): void;
  /** Jobs that wait or run. */
  readonly pending: number;
  /** How long the oldest job that does not run yet has waited, in milliseconds; 0 where none waits. */
  readonly age: number;
}
