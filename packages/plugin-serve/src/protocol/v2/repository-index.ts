import type { MillraceError } from "@millrace/core";
import type { Served } from "../../models/served.js";
import { tensorError } from "./tensor-error.js";

export interface IndexEntry {
  readonly name: string;
  readonly version: string;
  readonly state: "READY" | "UNAVAILABLE";
  readonly reason: string;
}

/** `POST /v2/repository/index`. `body`: `{ "ready": true }` for those alone that answer. Reasons are codes: messages may name files. Throws SERVE_TENSOR. */
export function repositoryIndex(loaded: readonly Served[], failures: ReadonlyMap<string, MillraceError>, body: unknown): readonly IndexEntry[] {
  const onlyReady = readyOf(body);
  const ready = loaded.map(({ model, number }): IndexEntry => ({ name: model, version: String(number), state: "READY", reason: "" }));
  if (onlyReady) return ready;
  const failed = [...failures].map(([ref, { code }]): IndexEntry => ({ name: ref.slice(0, ref.lastIndexOf("@")), version: ref.slice(ref.lastIndexOf("@") + 1), state: "UNAVAILABLE", reason: code }));
  return [...ready, ...failed].sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : Number(left.version) - Number(right.version)));
}

function readyOf(body: unknown): boolean {
  if (body === undefined) return false;
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw tensorError("The request is no object.", 'Send {"ready": true}, or nothing.');
  const { ready = false } = body as { readonly ready?: unknown };
  if (typeof ready !== "boolean") throw tensorError('"ready" is neither true nor false.', 'Send {"ready": true}, or nothing.');
  return ready;
}
