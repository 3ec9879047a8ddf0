import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { ResolvedModel } from "../../contracts/resolved.js";

export type Facts = readonly (readonly [name: string, value: Json])[];

/** Rows to sides, once the data was looked at. */
export interface Assignment {
  /** What the rule found, for people, in order. */
  readonly facts: Facts;
  /** A side's code per row (see SIDES). */
  assign(frame: Frame, firstRow: number): Uint8Array;
}

/** A rule looks at the data in as many passes as it needs; its folds' frames hold `$row` beside the columns. */
export type SplitRule = (pass: <Result>(fold: Fold<Result>) => Promise<Result>) => Promise<Assignment>;

export interface SplitRuleContext {
  readonly columns: ResolvedModel["columns"];
  readonly with: Readonly<Record<string, Json>>;
  readonly seed: number;
}
