import { createHash, timingSafeEqual } from "node:crypto";
import { MillraceError } from "@millrace/core";

const SCOPES = ["read", "infer", "admin"] as const;

export type Scope = (typeof SCOPES)[number];

/** A key of which only the digest is kept. */
export interface ApiKey {
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly digest: Buffer;
}

/** Reads keys, one a line: a name, scopes with commas between, and the key or `sha256:` and its digest. Throws SERVE_KEYS, without the key in its text. */
export function parseApiKeys(text: string): readonly ApiKey[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.flatMap((line, at) => (line === "" || line.startsWith("#") ? [] : [parseLine(line, at + 1)]));
}

function parseLine(line: string, number: number): ApiKey {
  const [name, scopes = "", key = "", ...more] = line.split(/\s+/);
  const named = scopes.split(",");
  const isGood = more.length === 0 && key !== "" && named.every((scope) => (SCOPES as readonly string[]).includes(scope));
  const digest = key.startsWith("sha256:") ? Buffer.from(key.slice(7), "hex") : digestOf(key);
  if (isGood && digest.length === 32 && (key.startsWith("sha256:") || key.length >= 16)) return { name: name!, scopes: new Set(named as Scope[]), digest };
  throw new MillraceError({
    code: "SERVE_KEYS",
    message: `Line ${number} of the API keys is none.`,
    mend: "Write a name, scopes (read, infer, admin) with commas between, and a key of 16 characters at least, or sha256: and its digest in hexadecimal.",
  });
}

function digestOf(key: string): Buffer {
  return createHash("sha256").update(key, "utf8").digest();
}

/** The key that was given, or null. Every key is compared, each in constant time, so that the time tells neither how much of a key was right nor which. */
export function findKey(keys: readonly ApiKey[], given: string): ApiKey | null {
  const digest = digestOf(given);
  let found: ApiKey | null = null;
  for (const key of keys) if (timingSafeEqual(key.digest, digest)) found = key;
  return found;
}
