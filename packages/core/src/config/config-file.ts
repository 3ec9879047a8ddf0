import type { Path, Tree } from "./path.js";

/** One file of a config, as it was read. */
export interface ConfigFile {
  readonly file: string;
  /** What it exports or holds; anything, until it is checked. */
  readonly value: Tree;
  /** The line (from 1) at which a key or item stands; null where it cannot be told. */
  line(path: Path): number | null;
}
