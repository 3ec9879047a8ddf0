/** A place in the bytes of a JSON document. Where the bytes are not what is asked for, the cursor says no, and the document is read in another way. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

const [QUOTE, COMMA, COLON, MINUS, PLUS, DOT, ZERO, NINE, BACKSLASH, SPACE] = [...'",:-+.09\\ '].map((sign) => sign.charCodeAt(0)) as [number, number, number, number, number, number, number, number, number, number];
const [LOWER_E, UPPER_E] = [0x65, 0x45];
const [TAB, LINE, RETURN] = [0x09, 0x0a, 0x0d];

export const SIGNS = { quote: QUOTE, comma: COMMA, colon: COLON, openList: 0x5b, closeList: 0x5d, openObject: 0x7b, closeObject: 0x7d } as const;

/** Moves behind this sign and white space around it; false where another one stands. */
export function takes(cursor: Cursor, sign: number): boolean {
  if (skip(cursor) !== sign) return false;
  cursor.at++;
  return true;
}

/** Moves behind white space, and tells what stands there: -1 at the end. */
export function skip(cursor: Cursor): number {
  const { bytes } = cursor;
  for (;;) {
    const sign = bytes[cursor.at];
    if (sign === undefined) return -1;
    if (sign > SPACE || (sign !== SPACE && sign !== LINE && sign !== RETURN && sign !== TAB)) return sign;
    cursor.at++;
  }
}

/** Moves behind these bytes; false where others stand. */
export function takesBytes(cursor: Cursor, wanted: Uint8Array): boolean {
  const { bytes, at } = cursor;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  cursor.at = at + wanted.length;
  return true;
}

/** The end of the text whose first sign stands at `from`; -1 where it has an escape, a control character or a sign beyond ASCII, or no end. */
export function endOfPlainText(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    const sign = bytes[at];
    if (sign === QUOTE) return at;
    if (sign === undefined || sign < SPACE || sign > 0x7e || sign === BACKSLASH) return -1;
  }
}

/** Powers of ten. */
const POWERS = Float64Array.from({ length: 10 }, (_, power) => Number(`1e${power}`));

/**
 * The number that stands there, as JSON.parse reads it; NaN where none stands. Of at most 15 digits both they and the power
 * of ten are exact in float64, and so their quotient is the number nearest to the text (Clinger 1990, "How to read floating point numbers accurately").
 */
export function takeNumber(cursor: Cursor): number {
  const { bytes } = cursor;
  const from = cursor.at;
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at++;
  const first = at;
  // Whole numbers of 32 bits, as long as they last: twice as fast as float64.
  let digits = 0;
  let more = 0;
  let sign = bytes[at]!;
  for (; sign >= ZERO && sign <= NINE; sign = bytes[++at]!) digits = (digits * 10 + sign - ZERO) | 0;
  const whole = at - first;
  if (whole === 0 || (whole > 1 && bytes[first] === ZERO)) return NaN;
  let decimals = 0;
  if (sign === DOT) {
    const point = at + 1;
    for (sign = bytes[++at]!; sign >= ZERO && sign <= NINE; sign = bytes[++at]!) more = (more * 10 + sign - ZERO) | 0;
    decimals = at - point;
    if (decimals === 0) return NaN;
  }
  const hasPower = sign === LOWER_E || sign === UPPER_E;
  if (hasPower && (at = endOfPower(bytes, at + 1)) < 0) return NaN;
  cursor.at = at;
  if (hasPower || whole > 9 || decimals > 9 || whole + decimals > 15) return Number(bytes.toString("latin1", from, at));
  const value = decimals === 0 ? digits : (digits * POWERS[decimals]! + more) / POWERS[decimals]!;
  return isNegative ? -value : value;
}

function endOfPower(bytes: Uint8Array, from: number): number {
  let at = from;
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
  const first = at;
  for (let sign = bytes[at]!; sign >= ZERO && sign <= NINE; sign = bytes[++at]!);
  return at === first ? -1 : at;
}
