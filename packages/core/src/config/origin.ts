import { bareReferences } from "../plugin/reference.js";
import { nearestPlace, type ConfigFile } from "./config-file.js";
import { formatPath, parsePath, valueAt, type Path } from "./path.js";

/** Where a value of the resolved config comes from. */
export interface Origin {
  readonly kind: "file" | "extends" | "overlay" | "set" | "hook" | "default";
  /** The file that names it; null for `set`, `hook` and `default`. */
  readonly file: string | null;
  /** From 1; null where there is no file. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface Origins {
  /** Of a value, by a path as people write it (`models.delays.train.with.l2`); `default` for one that no layer names. */
  of(path: string | Path): Origin;
  /** Of the place where a value stands or would stand. */
  place(path: Path): Origin;
  /** The file of the layer that says it, which costs nothing to ask; null where no file does. */
  file(path: Path): string | null;
  /** The first reference (`${env:L2}`) in what a layer writes there; null where there is none. What stands around it, or its default, may be a secret. */
  reference(path: Path): string | null;
}

export interface LayerSource {
  readonly kind: Origin["kind"];
  readonly file: ConfigFile | null;
}

const DEFAULT: Origin = { kind: "default", file: null, line: null, column: null };

/** `sources`: which layer set a path, by its formatted path; what lies below follows, unless it has an entry of its own. `raw`: the merged layers. */
export function originsOf(sources: ReadonlyMap<string, LayerSource>, raw: unknown): Origins {
  const sourceOf = (path: Path): LayerSource | null => {
    for (let length = path.length; length >= 0; length--) {
      const found = sources.get(formatPath(path.slice(0, length)));
      if (found !== undefined) return found;
    }
    return null;
  };
  const place = (path: Path): Origin => {
    const source = sourceOf(path);
    if (source === null) return DEFAULT;
    return source.file === null ? { ...DEFAULT, kind: source.kind } : { kind: source.kind, ...nearestPlace(source.file, path) };
  };
  return {
    place,
    file: (path) => sourceOf(path)?.file?.file ?? null,
    reference(path) {
      const value = valueAt(raw, path);
      return typeof value === "string" ? (bareReferences(value)[0] ?? null) : null;
    },
    of(asked) {
      const path = typeof asked === "string" ? (parsePath(asked) ?? []) : asked;
      return valueAt(raw, path) === undefined ? DEFAULT : place(path);
    },
  };
}
