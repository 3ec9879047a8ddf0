import type { Digest } from "./digest.js";
import type { Batches } from "./frame.js";

/**
 * Where rows go: tables, files, logs. Writing the same part again has no second effect. What is written is what the part holds from then
 * on: a batch without rows makes it empty, and says which columns it has. No batch at all says nothing, not even columns: what lies at
 * the part's place stays as it is.
 */
export interface Sink {
  write(part: string, batches: Batches, signal: AbortSignal): Promise<{ readonly rows: number; readonly digest: Digest }>;
}
