import type { Digest } from "./digest.js";
import type { Batches } from "./frame.js";

/** Where rows go: tables, files, logs. Writing the same part again has no second effect. */
export interface Sink {
  write(part: string, batches: Batches, signal: AbortSignal): Promise<{ readonly rows: number; readonly digest: Digest }>;
}
