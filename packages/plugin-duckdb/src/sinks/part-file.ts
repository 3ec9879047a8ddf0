import { createHash } from "node:crypto";

/** The file name of a part: its letters, digits, `.`, `_` and `-`; a name with others, or a long one, gets a hash, so that no two parts share a file. */
export function partFile(part: string, extension: string): string {
  const safe = part.replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^\.+/, "_").slice(0, 100) || "part";
  const isPlain = safe === part && part !== "" && part === part.toLowerCase();
  return `${isPlain ? part : `${safe}-${createHash("sha256").update(part).digest("hex").slice(0, 12)}`}${extension}`;
}
