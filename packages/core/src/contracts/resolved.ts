import type { Kind } from "./kind.js";
import type { Json } from "./json.js";
import type { ModelVersion } from "./model.js";
import type { Partition } from "./source.js";
import type { Problem } from "./trainer.js";

/** An extension in its place, options parsed and defaults filled in; secrets are still references. Plain JSON. */
export interface Use<K extends Kind = Kind> {
  readonly kind: K;
  readonly name: string;
  readonly with: Json;
}

/** A feature or an `after`: which columns it takes, and what its first result is called (null: the transform decides). */
export interface TransformUse {
  readonly use: Use<"transform">;
  readonly from: readonly string[];
  readonly as: string | null;
}

/** What the columns mean. */
export interface Columns {
  readonly key: string | null;
  readonly time: string | null;
  readonly target: string | null;
  readonly weight: string | null;
  readonly group: string | null;
  /** The positive class, as text; null: not binary. */
  readonly positive: string | null;
  /** Milliseconds or calendar months that a label needs to ripen. */
  readonly horizon: string | null;
  readonly ignore: readonly string[];
  readonly pii: readonly string[];
  readonly types: Readonly<Record<string, string>>;
  /** Columns that no feature names: features as they are, or left out, or an error. */
  readonly rest: "use" | "drop" | "error";
  readonly task: "binary" | "multiclass" | "regression" | null;
}

export interface Gate {
  readonly metric: string;
  readonly part: "train" | "validation" | "test" | "cross-validation";
  /** A value of a slice column (`origin=JFK`); null: all rows of the part. */
  readonly slice: string | null;
  readonly atLeast: number | null;
  readonly atMost: number | null;
  /** Compared with a number (null), or by difference with the best baseline, or the model that the alias points to. */
  readonly versus: "baseline" | "champion" | null;
  readonly bound: "confidence" | "point";
}

export interface ResolvedModel {
  readonly name: string;
  readonly source: Use<"source">;
  /** Null until the source was surveyed. */
  readonly partitions: readonly Partition[] | null;
  /** The version that `register.alias` points to, and its ONNX file; null where there is none, or nobody asked. */
  readonly champion: Pick<ModelVersion, "version" | "onnx"> | null;
  readonly columns: Columns;
  readonly check: readonly Use<"check">[];
  readonly split: { readonly rule: "time" | "hash" | "random" | "column"; readonly with: Readonly<Record<string, Json>> };
  readonly features: readonly TransformUse[];
  readonly train: Use<"trainer">;
  readonly after: readonly TransformUse[];
  readonly evaluate: {
    readonly metrics: readonly Use<"metric">[];
    readonly slices: readonly string[];
    readonly baselines: readonly Use<"trainer">[];
    /** Share of the intervals, e.g. 0.95. */
    readonly confidence: number;
    readonly gates: readonly Gate[];
  };
  /** What is measured by the kind of the problem, where the config does not say what; null where it does, and once the columns told the kind. */
  readonly usualMetrics: Readonly<Record<Problem["kind"], readonly Use<"metric">[]>> | null;
  readonly register: { readonly alias: string | null };
  /** The runtime that makes features, evaluates and certifies. */
  readonly runtime: Use<"runtime">;
  /** Every other runtime that the plugins bring: the certificate covers them too. */
  readonly witnesses: readonly Use<"runtime">[];
  /** Rows to read at most; null: all. */
  readonly sample: number | null;
  readonly seed: number;
}
