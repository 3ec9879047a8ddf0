import type { Digest } from "./digest.js";
import type { Field } from "./frame.js";
import type { Problem } from "./trainer.js";

/** What goes into a model file and what comes out; the file carries it in `metadata_props` as `millrace.signature`. */
export interface Signature {
  readonly name: string;
  readonly inputs: readonly Field[];
  readonly outputs: readonly Field[];
  /** Null for a graph of features alone. */
  readonly problem: Problem | null;
  /** The output that says whether to act on a row (bool): what metrics of decisions judge. Left out where nothing in `after` of a binary problem decides; of several the first. */
  readonly decision?: string;
  /** Ranges and categories seen in training, by input column; golden and random rows are made from these. Nothing of columns of personal data. */
  readonly seen: Readonly<Record<string, Seen>>;
}

/** What training saw in a raw column: extremes of numbers (epoch ms for timestamps), or the distinct texts (the first 1,000 in sorted order). */
export type Seen =
  | { readonly kind: "number"; readonly minimum: number; readonly maximum: number; readonly missing: number }
  | { readonly kind: "text"; readonly values: readonly string[]; readonly missing: number };

/** One version in the registry. Everything but names is content-addressed. */
export interface ModelVersion {
  readonly model: string;
  readonly version: number;
  readonly onnx: Digest;
  readonly signature: Digest;
  readonly metrics: Digest;
  readonly card: Digest;
  readonly certificate: Digest;
  readonly golden: Digest;
  readonly lineage: Digest;
  readonly run: string;
  /** The most rows that its run read; null: all. A sample is never promoted, and a bare name never means one. */
  readonly sample: number | null;
  /** The outcome of the gates: a failed version is kept, and no alias moves to it. */
  readonly gates: "passed" | "failed";
  readonly createdAt: string;
}
