export const PARTS = ["train", "validation", "test"] as const;

/** Rows per key, and the first row number of each key on each part (Infinity: none there). */
export interface KeyTable {
  readonly keys: Map<string, number>;
  rows: Float64Array;
  firstRows: Float64Array;
}

export function emptyTable(): KeyTable {
  return { keys: new Map(), rows: new Float64Array(0), firstRows: new Float64Array(0) };
}

/** `index`: of the key, as `indexOf` gives it. */
export function addRow(table: KeyTable, index: number, part: number, row: number): void {
  table.rows[index]!++;
  const at = PARTS.length * index + part;
  if (row < table.firstRows[at]!) table.firstRows[at] = row;
}

/** Changes and returns `left`. */
export function mergeTables(left: KeyTable, right: KeyTable): KeyTable {
  for (const [key, from] of right.keys) {
    const to = indexOf(left, key);
    left.rows[to]! += right.rows[from]!;
    for (let part = 0; part < PARTS.length; part++) {
      const row = right.firstRows[PARTS.length * from + part]!;
      if (row < left.firstRows[PARTS.length * to + part]!) left.firstRows[PARTS.length * to + part] = row;
    }
  }
  return left;
}

/** Where a key's rows are counted; a new key gets a place. */
export function indexOf(table: KeyTable, key: string): number {
  const known = table.keys.get(key);
  if (known !== undefined) return known;
  const index = table.keys.size;
  table.keys.set(key, index);
  if (index >= table.rows.length) grow(table, Math.max(16, 2 * index));
  return index;
}

function grow(table: KeyTable, size: number): void {
  const rows = new Float64Array(size);
  const firstRows = new Float64Array(PARTS.length * size).fill(Infinity);
  rows.set(table.rows);
  firstRows.set(table.firstRows);
  Object.assign(table, { rows, firstRows });
}
