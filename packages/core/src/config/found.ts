import type { Json } from "../contracts/json.js";

/** What was found, brief. */
export function foundOf(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.length > 80) return `${value.slice(0, 77)}...`;
  return ["string", "number", "boolean"].includes(typeof value) ? (value as Json) : kindOf(value);
}

/** The same for a sentence: in quotes is what was written. */
export function foundText(value: unknown): string {
  const found = foundOf(value);
  return typeof found === "string" && typeof value !== "string" ? found : JSON.stringify(found);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
