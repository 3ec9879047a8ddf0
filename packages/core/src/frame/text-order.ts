/** The order of code points, which is the order of UTF-8 bytes: what SQL, Python and Rust sort texts by. JavaScript's own order is that of UTF-16 units, where U+FF5E comes behind an emoji. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** A new array in code point order. */
export function sortTexts(texts: Iterable<string>): string[] {
  const all = [...texts];
  return all.some((text) => SURROGATE.test(text)) ? all.sort(compareText) : all.sort();
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

const SURROGATE = /[\ud800-\udfff]/;
