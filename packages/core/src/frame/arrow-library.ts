import { createRequire } from "node:module";

type ArrowLibrary = typeof import("apache-arrow");

const require = createRequire(import.meta.url);
let library: ArrowLibrary | null = null;

/** apache-arrow, loaded on first use: it is some 150 modules, and a run that reuses every task reads no frame. */
export function arrowLibrary(): ArrowLibrary {
  return (library ??= require("apache-arrow") as ArrowLibrary);
}
