import type { Field } from "../contracts/frame.js";
import type { Signature } from "../contracts/model.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import type { Problem } from "../contracts/trainer.js";
import { createExtension } from "../plugin/create-extension.js";
import { readJson } from "../record/artifact-bytes.js";
import { restOf } from "../run/features/rest.js";
import { placeTransforms, rawSlots } from "../run/features/scope.js";
import { problemKind } from "../run/split/problem-kind.js";
import type { Engine } from "./create-engine.js";

/** What goes into a model and comes out of it, by its config and its data's own description. */
export interface ModelShape {
  readonly model: string;
  /** Of the source, typed as `columns.types` declares. */
  readonly columns: readonly Field[];
  /** Names that transforms give: a later feature may read them. */
  readonly features: readonly string[];
  /** Raw columns that the features read. */
  readonly inputs: readonly Field[];
  /** As far as the target's type tells; null where there is no target. */
  readonly problem: Problem["kind"] | null;
  /** Of the version that the model's alias points to, or else of the newest that is no sample; null where there is none. */
  readonly registered: Signature | null;
}

/** Asks each model's source for its columns and places its features on them; no row is read. Throws what the source throws, FEATURE_NO_COLUMN, TRANSFORM_INPUT. */
export function modelShapes(engine: Engine): Promise<readonly ModelShape[]> {
  return Promise.all(engine.config.models.map((model) => shapeOf(model, engine)));
}

async function shapeOf(model: ResolvedModel, engine: Engine): Promise<ModelShape> {
  const { registry, context } = engine;
  const source = await createExtension(registry, model.source, context);
  const columns = (await source.fields()).map((field) => ({ ...field, dtype: (model.columns.types[field.name] ?? field.dtype) as Field["dtype"] }));
  const named = await Promise.all(model.features.map(async (use) => ({ use, transform: await createExtension(registry, use.use, context) })));
  const rest = restOf(columns, new Set(named.flatMap(({ use }) => use.from)), model.columns);
  const { placed } = placeTransforms(rawSlots(columns), [...named, ...rest.transforms], "features");
  const read = new Set(placed.flatMap(({ inputs }) => inputs.filter(({ level }) => level === 0).map(({ id }) => id)));
  const made = placed.slice(0, named.length).flatMap(({ outputs }) => outputs.map(({ field }) => field.name));
  const known = new Set(columns.map(({ name }) => name));
  const target = columns.find(({ name }) => name === model.columns.target);
  return {
    model: model.name,
    columns,
    features: [...new Set(made)].filter((name) => !known.has(name)),
    inputs: columns.filter(({ name }) => read.has(name)),
    problem: target === undefined ? null : problemKind(target.dtype, model.columns),
    registered: await registeredOf(model, engine),
  };
}

async function registeredOf({ name, register: { alias } }: ResolvedModel, { store, artifacts }: Engine): Promise<Signature | null> {
  const pointer = alias === null ? null : await store.get("alias", `${name}@${alias}`);
  const where = pointer === null ? { model: name, sample: null } : { model: name, version: pointer.value.version };
  const [version] = await store.find("model", { where, order: { member: "version", direction: "descending" }, limit: 1 });
  return version === undefined ? null : readJson<Signature>(artifacts, version.value.signature);
}
