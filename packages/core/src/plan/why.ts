import type { Json } from "../contracts/json.js";
import type { KeyParts } from "./key.js";

/** One entry of a key that differs. A side that is left out did not have the entry; null is a value. */
export interface KeyDifference {
  readonly entry: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** The entries in which two keys differ, options and code before inputs, since those are what a person changed. */
export function keyDifferences(before: KeyParts, after: KeyParts): readonly KeyDifference[] {
  const entries = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differing = entries
    .filter((entry) => Object.hasOwn(before, entry) !== Object.hasOwn(after, entry) || JSON.stringify(before[entry]) !== JSON.stringify(after[entry]))
    .map((entry) => ({ entry, ...(Object.hasOwn(before, entry) ? { before: before[entry]! } : {}), ...(Object.hasOwn(after, entry) ? { after: after[entry]! } : {}) }));
  const rank = ({ entry }: KeyDifference) => (entry.startsWith("inputs.") ? 2 : entry.startsWith("code.") ? 1 : 0);
  return differing.sort((left, right) => rank(left) - rank(right));
}

/** `train.with.l2: 1 -> 0.1 (and 2 more)`. */
export function differenceSentence(differences: readonly KeyDifference[]): string {
  const [first, ...rest] = differences;
  if (first === undefined) return "nothing in its key changed";
  return `${first.entry}: ${sideText(first.before)} -> ${sideText(first.after)}${rest.length > 0 ? ` (and ${rest.length} more)` : ""}`;
}

/** A side of a difference in a few letters. */
export function sideText(side: Json | undefined): string {
  if (side === undefined) return "not there";
  const text = typeof side === "string" ? side : JSON.stringify(side);
  return text.startsWith("sha256:") ? text.slice(0, 15) : text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
