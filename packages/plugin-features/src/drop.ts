import type { Transform } from "@millrace/core";
import { nothing } from "./nothing.js";

/** Takes columns out: they are no features, and nothing behind reads them. It promises nothing, which is what takes its inputs out of scope. */
export function drop(): Transform<null> {
  return { learnsFrom: "inputs", fields: () => [], fit: () => nothing, lower: () => new Map() };
}
