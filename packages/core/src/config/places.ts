import type { Kind } from "../contracts/kind.js";
import type { OptionSchema } from "../plugin/option-schema.js";
import { isTree, valueAt, withValueAt, type Path } from "./path.js";

type Segment = string | typeof EACH_KEY | typeof EACH_ITEM;
const EACH_KEY = Symbol("each key");
const EACH_ITEM = Symbol("each item");

/** Where a config names extensions. `split` has rules of the core in place of a kind. */
const PLACES: readonly (readonly [Kind | "split", readonly Segment[]])[] = [
  ["store", ["store"]],
  ["artifacts", ["artifacts"]],
  ["executor", ["executor"]],
  ["runtime", ["runtime"]],
  ["source", ["models", EACH_KEY, "source"]],
  ["check", ["models", EACH_KEY, "check", EACH_ITEM]],
  ["split", ["models", EACH_KEY, "split"]],
  ["transform", ["models", EACH_KEY, "features", EACH_ITEM]],
  ["trainer", ["models", EACH_KEY, "train"]],
  ["transform", ["models", EACH_KEY, "after", EACH_ITEM]],
  ["metric", ["models", EACH_KEY, "evaluate", "metrics", EACH_ITEM]],
  ["trainer", ["models", EACH_KEY, "evaluate", "baselines", EACH_ITEM]],
];

export interface PlaceOfUse {
  readonly kind: Kind | "split";
  readonly path: Path;
}

function expand(value: unknown, segments: readonly Segment[], path: Path): readonly Path[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value === undefined ? [] : [path];
  if (segment === EACH_ITEM) return Array.isArray(value) ? value.flatMap((item, index) => expand(item, rest, [...path, index])) : [];
  if (!isTree(value)) return [];
  const keys = segment === EACH_KEY ? Object.keys(value) : Object.hasOwn(value, segment) ? [segment] : [];
  return keys.flatMap((key) => expand(value[key], rest, [...path, key]));
}

/** The places of a config, whatever else is wrong with it, at which something stands. */
export function placesOfUse(config: unknown): readonly PlaceOfUse[] {
  return PLACES.flatMap(([kind, segments]) => expand(config, segments, []).map((path) => ({ kind, path })));
}

/** The JSON Schema of a config with another in each place that names an extension. */
export function mapSchemasOfUses(root: OptionSchema, map: (kind: Kind | "split", schema: OptionSchema) => OptionSchema): OptionSchema {
  const walk = (schema: OptionSchema, [segment, ...rest]: readonly Segment[], kind: Kind | "split"): OptionSchema => {
    if (segment === undefined) return map(kind, schema);
    if (segment === EACH_ITEM) return { ...schema, items: walk(schema.items as OptionSchema, rest, kind) };
    if (segment === EACH_KEY) return { ...schema, additionalProperties: walk(schema.additionalProperties as OptionSchema, rest, kind) };
    return { ...schema, properties: { ...schema.properties, [segment]: walk(schema.properties![segment]!, rest, kind) } };
  };
  return PLACES.reduce((schema, [kind, segments]) => walk(schema, segments, kind), root);
}

/** Bare names made `{ use }`. */
export function spellOutUses(config: unknown): unknown {
  return placesOfUse(config).reduce((tree, { path }) => {
    const value = valueAt(tree, path);
    return typeof value === "string" ? withValueAt(tree, path, { use: value }) : tree;
  }, config);
}
