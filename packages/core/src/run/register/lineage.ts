import type { Digest } from "../../contracts/digest.js";
import type { Json } from "../../contracts/json.js";
import type { ResolvedModel } from "../../contracts/resolved.js";

/** Where a version comes from: data, config and artifacts, all by digest; the same for the same config and data, on any machine. */
export interface Lineage {
  readonly model: string;
  readonly source: { readonly use: string; readonly partitions: Readonly<Record<string, Digest>> };
  readonly sample: number | null;
  readonly definition: Json;
  readonly artifacts: Readonly<Record<string, Digest>>;
}

/** What of a model's definition its lineage tells: not the source's options, which may hold places of one machine. */
export function definitionOf(model: ResolvedModel): Json {
  const named = ({ name, with: options }: { readonly name: string; readonly with: Json }) => ({ use: name, with: options });
  // Gates judge a model; they do not make it, and stand in the key by themselves.
  const { gates: _gates, ...judged } = model.evaluate;
  const definition = {
    columns: model.columns,
    check: model.check.map(named),
    split: { use: model.split.rule, with: model.split.with },
    features: model.features.map(({ use, from, as }) => ({ ...named(use), from, as })),
    train: named(model.train),
    after: model.after.map(({ use, from, as }) => ({ ...named(use), from, as })),
    evaluate: { ...judged, metrics: model.evaluate.metrics.map(named), baselines: model.evaluate.baselines.map(named) },
  };
  return definition as unknown as Json;
}
