/** What a lane tells of its work. */
export interface LaneEvents {
  /** A job's rows begin to run, so many milliseconds after its request's head had come. */
  waited(milliseconds: number): void;
  /** A batch came back: milliseconds that its rows took. */
  batch(rows: number, milliseconds: number): void;
  /** A process of the model answers. */
  started(pid: number): void;
  /** A process of the model ended by itself or was killed at a deadline, or did not start. */
  lost(): void;
  /** Too many losses in a row: the model is not tried again for a while. */
  ejected(): void;
}
