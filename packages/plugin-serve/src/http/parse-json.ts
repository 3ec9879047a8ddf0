import { isUtf8 } from "node:buffer";
import { MillraceError } from "@millrace/core";

/** A body as JSON. Throws SERVE_BODY for what is none, is no UTF-8, or nests deeper than `mostDepth`. */
export function parseJson(body: Buffer, mostDepth: number): unknown {
  checkDepth(body, mostDepth);
  const text = textOf(body);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refuse("The body is no JSON.");
  }
}

/** Throws SERVE_BODY where the bytes are no UTF-8: what would be read in their place is another text than was sent. */
export function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw refuse("The body is no UTF-8.");
  return body.toString("utf8");
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
    const kind = KINDS[body[at]!]!;
    if (kind === 0) continue;
    if (kind === QUOTE) at = endOfText(body, at + 1);
    else if (kind === CLOSE) depth--;
    else if (kind === OPEN && ++depth > deepest) deepest = depth;
  }
  return deepest;
}

function endOfText(body: Uint8Array, from: number): number {
  let at = from;
  for (; at < body.length; at++) {
    const kind = KINDS[body[at]!]!;
    if (kind === QUOTE) return at;
    if (kind === BACKSLASH) at++;
  }
  return at;
}

const [OPEN, CLOSE, QUOTE, BACKSLASH] = [1, 2, 3, 4];

/** What each byte is: one look at a table is several times faster than comparisons, and every byte of every request is looked at. */
const KINDS = new Uint8Array(256);
for (const [signs, kind] of [["[{", OPEN], ["]}", CLOSE], ['"', QUOTE], ["\\", BACKSLASH]] as const) for (const sign of signs) KINDS[sign.charCodeAt(0)] = kind!;

function refuse(message: string): MillraceError {
  return new MillraceError({ code: "SERVE_BODY", message, mend: "Send one JSON document in UTF-8." });
}
