import { MillraceError } from "../errors/millrace-error.js";

/** JSON text of a value that stores keep, or STORE_NOT_JSON with the path of what would not come back as it went in. */
export function jsonText(value: unknown, what: string): string {
  const bad = findNonJson(value, "");
  if (bad !== null) {
    throw new MillraceError({
      code: "STORE_NOT_JSON",
      message: `${what} holds what JSON cannot: ${bad.what} at ${bad.path === "" ? "its root" : bad.path}.`,
      mend: "Write null, a finite number, a string, an array or a plain object there.",
      facts: { path: bad.path },
    });
  }
  return JSON.stringify(value);
}

function findNonJson(value: unknown, path: string): { readonly path: string; readonly what: string } | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : { path, what: String(value) };
  if (typeof value !== "object") return { path, what: typeof value };
  if (Array.isArray(value)) {
    return firstOf(value.length, (index) => findNonJson(value[index], `${path}[${index}]`));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    return { path, what: `a ${(prototype as { constructor?: { name?: string } }).constructor?.name ?? "class"}` };
  }
  const entries = Object.entries(value);
  return firstOf(entries.length, (index) => findNonJson(entries[index]![1], path === "" ? entries[index]![0] : `${path}.${entries[index]![0]}`));
}

function firstOf<T>(count: number, at: (index: number) => T | null): T | null {
  for (let index = 0; index < count; index++) {
    const found = at(index);
    if (found !== null) return found;
  }
  return null;
}
