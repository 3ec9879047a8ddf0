import type { Path, Tree } from "./path.js";

/** Where a key or an item of a list stands; lines and columns count from 1. */
export interface Place {
  /** The config file, or a module that it imports. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One file of a config, as it was read. */
export interface ConfigFile {
  readonly file: string;
  /** What it exports or holds; anything, until it is checked. */
  readonly value: Tree;
  /** Null where it cannot be told: what is computed has no place of its own. */
  place(path: Path): Place | null;
}

/** `file:line:column` */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** The place of a path, else of the nearest of its parents that has one, else the beginning. */
export function nearestPlace(file: ConfigFile, path: Path): Place {
  for (let length = path.length; length > 0; length--) {
    const place = file.place(path.slice(0, length));
    if (place !== null) return place;
  }
  return { file: file.file, line: 1, column: 1 };
}
