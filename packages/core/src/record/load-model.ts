import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Frame } from "../contracts/frame.js";
import type { ModelVersion, Signature } from "../contracts/model.js";
import type { Runtime } from "../contracts/runtime.js";
import type { Store } from "../contracts/store.js";
import { maskedError } from "../errors/masked.js";
import { fromRows, toRows, type Row } from "../frame/rows.js";
import { requireWholeRows } from "../frame/whole-rows.js";
import { signatureOf } from "../graph/read.js";
import { readBytes } from "./artifact-bytes.js";
import { findVersion } from "./model-versions.js";
import { personalColumns } from "./personal-columns.js";

export interface LoadModelParts {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly runtime: Runtime;
}

/** A model of the registry, loaded. Dispose of it when done. */
export interface LoadedModel extends AsyncDisposable {
  readonly version: ModelVersion;
  readonly signature: Signature;
  /**
   * One answer per row, in order. Every input is given in every row, null where it is not known. Throws RUNTIME_INPUT for one that is
   * absent, FRAME_VALUE for a value of the wrong type, naming row and column, and the value unless its column is personal.
   */
  predict(rows: readonly Row[]): Promise<ReturnType<typeof toRows>>;
  /** The same for columns. */
  predictFrame(frame: Frame): Promise<Frame>;
}

/** `name@alias`, `name@3`, or `name` for its newest version that passed its gates. Throws MODEL_REF, MODEL_NOT_FOUND, ARTIFACT_MISSING, ARTIFACT_DAMAGED. */
export async function loadModel(ref: string, { store, artifacts, runtime }: LoadModelParts): Promise<LoadedModel> {
  const version = await findVersion(store, ref);
  const onnx = await readBytes(artifacts, version.onnx);
  const signature = signatureOf(onnx)!;
  const predictor = await runtime.load({ onnx, signature });
  return {
    version,
    signature,
    async predict(rows) {
      requireWholeRows(signature.inputs, rows);
      try {
        return toRows(await predictor.predict(fromRows(signature.inputs, rows)));
      } catch (error) {
        throw maskedError(error, await personalColumns(artifacts, version));
      }
    },
    predictFrame: (frame) => predictor.predict(frame),
    [Symbol.asyncDispose]: () => predictor[Symbol.asyncDispose](),
  };
}
