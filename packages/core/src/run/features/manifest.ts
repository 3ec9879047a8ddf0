import type { Digest } from "../../contracts/digest.js";
import type { Field } from "../../contracts/frame.js";
import type { Seen } from "../../contracts/model.js";
import type { Remark } from "../../contracts/remark.js";

/** What `fit` leaves. */
export interface FeaturesManifest {
  /** Raw columns that go into the model. */
  readonly inputs: readonly Field[];
  readonly outputs: readonly Field[];
  /** ONNX: raw columns to features, with the states of all training rows. */
  readonly graph: Digest;
  /** The same with the states of the other parts, by part of cross-fitting: training only. Null where nothing learns from the target. */
  readonly cross: readonly Digest[] | null;
  /** ONNX: `$target` to what the trainer learns; null where no transform changes the target. */
  readonly target: Digest | null;
  /** ONNX: what the trainer predicts, back in the target's own unit; null where no transform changes the target. */
  readonly inverse: Digest | null;
  readonly seen: Readonly<Record<string, Seen>>;
  /** Columns that are no features, because nothing says how. */
  readonly unused: readonly string[];
  /** What the transforms say of what they have learnt. */
  readonly remarks: readonly Remark[];
}
