import type { Allocate } from "./allocate.js";
import type { Field, Frame } from "./frame.js";
import type { Signature } from "./model.js";

/** A model as it is stored: one ONNX file, raw columns in, predictions out. */
export interface ModelBundle {
  readonly onnx: Uint8Array;
  readonly signature: Signature;
}

export interface Predictor extends AsyncDisposable {
  readonly input: readonly Field[];
  readonly output: readonly Field[];
  /**
   * Throws RUNTIME_INPUT where a column is missing or of another dtype. Rows come out in the order in which they went in. `allocate`: where a
   * runtime may lay what comes out, so that whoever runs one batch after the other can use memory again.
   */
  predict(batch: Frame, allocate?: Allocate): Promise<Frame>;
}

/** Runs a model. `whole` runs the file as it is for every batch; `split` passes strings once per distinct value and numbers in chunks. */
export interface Runtime {
  /** What a certificate records: library, version, provider, threads. */
  readonly facts: { readonly name: string; readonly version: string; readonly provider: string; readonly threads: number };
  load(model: ModelBundle, how?: "auto" | "whole" | "split"): Promise<Predictor>;
}
