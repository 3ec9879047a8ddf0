import type { Row } from "../../frame/rows.js";
import type { Sink } from "../../contracts/sink.js";

/** An empty place for rows; what the laws of a sink are tried on. */
export interface SinkPlace {
  /** Another handle on the same place. */
  open(): Promise<Sink> | Sink;
  /** All rows that a reader finds, as `toRows` gives them, in any order. */
  read(): Promise<readonly Row[]>;
  /** How many things lie there, half-written ones too. */
  count(): Promise<number>;
  /** Deletes the place. */
  remove(): Promise<void>;
}
