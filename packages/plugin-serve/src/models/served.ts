import type { Field, ModelVersion, Signature } from "@millrace/core";
import type { Breaker } from "../engine/breaker.js";
import type { Lane } from "../engine/lane.js";
import type { InputReader } from "../inputs/input-reader.js";
import type { ModelMeter } from "../observe/model-meter.js";
import type { WriteRows } from "../protocol/rows/row-writer.js";
import type { InUse } from "./in-use.js";
import type { MeasuredCost } from "./replay-golden.js";

/** A model version that answers. */
export interface Served {
  readonly model: string;
  readonly number: number;
  readonly version: ModelVersion;
  readonly signature: Signature;
  readonly pii: ReadonlySet<string>;
  readonly inputs: readonly Field[];
  readonly outputs: readonly Field[];
  readonly lane: Lane;
  readonly uses: InUse;
  readonly breaker: Breaker;
  readonly meter: ModelMeter;
  readonly cost: MeasuredCost;
  readonly reader: InputReader;
  readonly writeRows: WriteRows;
  /** The beginning of each answer of the row API. */
  readonly answerHead: string;
}
