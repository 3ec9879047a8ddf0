import { MillraceError } from "@millrace/core";

/** A body as JSON. Throws SERVE_BODY for what is none, is no UTF-8, or nests deeper than `mostDepth`. */
export function parseJson(body: Buffer, mostDepth: number): unknown {
  checkDepth(body, mostDepth);
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    throw refuse("The body is no JSON.");
  }
}

/** Throws SERVE_BODY. */
export function checkDepth(body: Uint8Array, mostDepth: number): void {
  if (depthOf(body) > mostDepth) throw refuse(`The body nests deeper than ${mostDepth}.`);
}

/** How deep arrays and objects nest; brackets in texts do not count. */
export function depthOf(body: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!;
    if (byte === QUOTE) at = endOfText(body, at + 1);
    else if (byte === BRACKET || byte === BRACE) deepest = Math.max(deepest, ++depth);
    else if (byte === BRACKET + 2 || byte === BRACE + 2) depth--;
  }
  return deepest;
}

function endOfText(body: Uint8Array, from: number): number {
  let at = from;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

function refuse(message: string): MillraceError {
  return new MillraceError({ code: "SERVE_BODY", message, mend: "Send one JSON document in UTF-8." });
}
