import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Digest } from "../contracts/digest.js";
import type { Json } from "../contracts/json.js";
import { MillraceError } from "../errors/millrace-error.js";

export function digestOf(bytes: Uint8Array | string): Digest {
  return asDigest(createHash("sha256").update(bytes).digest("hex"));
}

/**
 * The digest of a JSON value by RFC 8785, with -0 as 0; members that are undefined are left out.
 * Throws DIGEST_NOT_JSON for NaN, infinities, lone surrogates and undefined.
 */
export function digestOfJson(json: Json): Digest {
  return digestOf(canonicalJson(json));
}

/** The text of RFC 8785 that `digestOfJson` digests. */
export function canonicalJson(json: Json): string {
  try {
    const text = canonicalize(json);
    if (text === undefined) throw new TypeError(`a ${typeof json} is not JSON`);
    return text;
  } catch (cause) {
    throw new MillraceError({
      code: "DIGEST_NOT_JSON",
      message: `The value has no canonical JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
      mend: "Digest plain JSON: finite numbers, well-formed texts, no cycles.",
      cause,
    });
  }
}

/** 64 hex digits as a digest. */
export function asDigest(hex: string): Digest {
  return `sha256:${hex}` as Digest;
}

/** Whether a text is a digest; whoever makes a path or a name of one asks first. */
export function isDigest(text: unknown): text is Digest {
  return typeof text === "string" && DIGEST.test(text);
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
