type Values = Int32Array | Uint8Array | Float32Array | Float64Array | BigInt64Array;

/** Rows that a column starts with: a small file then costs little, and a big one grows to a whole batch in two steps, once. */
export const FIRST_ROWS = 16_384;

/** `values` if it holds `needed` of them, else a longer array that begins with its first `used`: `first` long, then four times as long, at most `most`. */
export function roomFor<T extends Values>(values: T, used: number, needed: number, first: number, most: number): T {
  if (values.length >= needed) return values;
  const length = Math.min(most, Math.max(needed, values.length === 0 ? first : 4 * values.length));
  const longer = new (values.constructor as new (length: number) => T)(length);
  longer.set(values.subarray(0, used) as never);
  return longer;
}

/** The first `used` values: the array itself where it holds no more. */
export function exactly<T extends Values>(values: T, used: number): T {
  return (values.length === used ? values : values.slice(0, used)) as T;
}
