type Values = Int32Array | Uint8Array | Float32Array | Float64Array | BigInt64Array;

/** Rows that a column starts with: a small file then costs little, and a big one grows to the whole batch in two steps. */
const FIRST_ROWS = 16_384;

/** `values` if it holds `needed` of them, else a longer array (at most `most`) that begins with its first `used`. */
export function roomFor<T extends Values>(values: T, used: number, needed: number, most: number): T {
  if (values.length >= needed) return values;
  const length = Math.min(most, Math.max(needed, 4 * values.length, FIRST_ROWS));
  const longer = new (values.constructor as new (length: number) => T)(length);
  longer.set(values.subarray(0, used) as never);
  return longer;
}

/** The first `used` values: the array itself where it holds no more. */
export function exactly<T extends Values>(values: T, used: number): T {
  return (values.length === used ? values : values.slice(0, used)) as T;
}
