import type { Column, ModelBundle } from "@millrace/core";
import type { RuntimeReference } from "./runtime-reference.js";

/** What the server tells a worker. Columns travel as they are: the channel keeps typed arrays. */
export type ToWorker =
  | { readonly kind: "load"; readonly runtime: RuntimeReference; readonly bundle: ModelBundle }
  | { readonly kind: "run"; readonly id: number; readonly columns: readonly Column[]; readonly rows: number };

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: "loaded" }
  | { readonly kind: "refused"; readonly error: PlainError }
  | { readonly kind: "done"; readonly id: number; readonly columns: readonly Column[] }
  | { readonly kind: "failed"; readonly id: number; readonly error: PlainError };

export interface PlainError {
  readonly code: string | null;
  readonly message: string;
}
