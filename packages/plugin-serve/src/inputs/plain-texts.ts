/** The text of ASCII bytes [from, to). */
export type TextOf = (bytes: Buffer, from: number, to: number) => string;

const PLACES = 1_024;
const LONGEST = 32;

/** The texts of a column come again and again: those that were read last are kept, and found by their bytes without making them anew. */
export function createTexts(): TextOf {
  const kept: (string | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  return (bytes, from, to) => {
    if (to - from > LONGEST) return bytes.toString("latin1", from, to);
    let hash = to - from;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const place = (hash ^ (hash >>> 10)) & (PLACES - 1);
    const found = kept[place];
    if (found !== undefined && isText(found, bytes, from, to)) return found;
    return (kept[place] = bytes.toString("latin1", from, to));
  };
}

function isText(text: string, bytes: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== bytes[from + at]) return false;
  return true;
}
