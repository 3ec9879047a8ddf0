import type { ConfigFile } from "./config-file.js";
import { formatPath, parsePath, valueAt, type Path } from "./path.js";

/** Where a value of the resolved config comes from. */
export interface Origin {
  readonly kind: "file" | "extends" | "overlay" | "set" | "hook" | "default";
  /** The file that names it; null for `set`, `hook` and `default`. */
  readonly file: string | null;
  /** From 1; null where it cannot be told. */
  readonly line: number | null;
}

export interface Origins {
  /** Of a value, by a path as people write it (`models.delays.train.with.l2`); `default` for one that no layer names. */
  of(path: string | Path): Origin;
  /** Of the place where a value stands or would stand. */
  place(path: Path): Origin;
}

export interface LayerSource {
  readonly kind: Origin["kind"];
  readonly file: ConfigFile | null;
}

const DEFAULT: Origin = { kind: "default", file: null, line: null };

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
    return { kind: source.kind, file: source.file?.file ?? null, line: source.file === null ? null : nearestLine(source.file, path) };
  };
  return {
    place,
    of(asked) {
      const path = typeof asked === "string" ? (parsePath(asked) ?? []) : asked;
      return valueAt(raw, path) === undefined ? DEFAULT : place(path);
    },
  };
}

/** The line of a path, else of the nearest of its parents that has one, else the first. */
function nearestLine(file: ConfigFile, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const line = file.line(path.slice(0, length));
    if (line !== null) return line;
  }
  return 1;
}
