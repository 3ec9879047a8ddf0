/**
 * The name of a combination: `JFK×LAX`, the names joined by the multiplication sign. A sign or a backslash inside of a name gets a
 * backslash before it, so that no two combinations share a name.
 */
export function crossName(names: readonly string[]): string {
  return joinEscaped(names.map(escapeName));
}

export function escapeName(name: string): string {
  return name.replace(/[\\×]/g, "\\$&");
}

export function joinEscaped(names: readonly string[]): string {
  return names.join("×");
}

/** The names that `crossName` joined. */
export function crossedNames(name: string): string[] {
  if (!name.includes("\\")) return name.split("×");
  const names = [""];
  for (const [token] of name.matchAll(/\\[\\×]|[^]/g)) {
    if (token === "×") names.push("");
    else names[names.length - 1] += token.length === 2 && token[0] === "\\" ? token[1]! : token;
  }
  return names;
}
