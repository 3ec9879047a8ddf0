import type { Json } from "../contracts/json.js";
import type { KeyParts } from "./key.js";

/** One entry of a key that differs; null: it was not there. */
export interface KeyDifference {
  readonly entry: string;
  readonly before: Json;
  readonly after: Json;
}

/** The entries in which two keys differ, options and code before inputs, since those are what a person changed. */
export function keyDifferences(before: KeyParts, after: KeyParts): readonly KeyDifference[] {
  const entries = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differing = entries
    .filter((entry) => JSON.stringify(before[entry]) !== JSON.stringify(after[entry]))
    .map((entry) => ({ entry, before: before[entry] ?? null, after: after[entry] ?? null }));
  const rank = ({ entry }: KeyDifference) => (entry.startsWith("inputs.") ? 2 : entry.startsWith("code.") ? 1 : 0);
  return differing.sort((left, right) => rank(left) - rank(right));
}

/** `train.with.l2: 1 -> 0.1 (and 2 more)`. */
export function differenceSentence(differences: readonly KeyDifference[]): string {
  const [first, ...rest] = differences;
  if (first === undefined) return "nothing in its key changed";
  return `${first.entry}: ${brief(first.before)} -> ${brief(first.after)}${rest.length > 0 ? ` (and ${rest.length} more)` : ""}`;
}

function brief(value: Json): string {
  if (value === null) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.startsWith("sha256:") ? text.slice(0, 15) : text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
