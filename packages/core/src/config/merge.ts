import { isTree, type Path, type Tree } from "./path.js";

/** Told for every value that a layer sets, at the highest place at which it was taken over whole. */
type Taken = (path: Path) => void;

/**
 * A layer over a base: objects deeply; lists, texts and numbers are replaced; a `use` replaces the `with` that stood beside the old one,
 * and a `with` alone goes with the name that is there already.
 */
export function mergeOver(base: unknown, over: unknown, path: Path, taken: Taken): unknown {
  const named = typeof base === "string" && isTree(over) && "with" in over && !("use" in over) ? { use: base } : base;
  if (!isTree(named) || !isTree(over)) {
    taken(path);
    return over;
  }
  const merged: Record<string, unknown> = { ...named };
  if ("use" in over) delete merged["with"];
  for (const [key, value] of Object.entries(over)) {
    const isNew = !Object.hasOwn(merged, key);
    if (isNew) taken([...path, key]);
    merged[key] = isNew ? value : mergeOver(merged[key], value, [...path, key], taken);
  }
  return merged;
}

/** A tree that holds one value at a path, with lists where the base has them; null where a list has no such item. */
export function treeOf(base: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(base)) {
    if (typeof key !== "number" || key > base.length) return null;
    const inner = treeOf(base[key], rest, value);
    return inner === null && rest.length > 0 ? null : [...base.slice(0, key), mergeOver(base[key], inner, [], () => {}), ...base.slice(key + 1)];
  }
  const inner = treeOf(isTree(base) ? (base as Tree)[key] : undefined, rest, value);
  return inner === null && rest.length > 0 ? null : { [key]: inner };
}
