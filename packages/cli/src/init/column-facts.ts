import { isMissing, toFloat64, widthOf, type Column, type DType, type Field, type Frame } from "@millrace/core";

/** What a sample of rows says of one column. */
export interface ColumnFacts {
  readonly name: string;
  readonly dtype: DType;
  /** Values per row: more than 1 for a vector, whose other facts are those of nothing. */
  readonly width: number;
  readonly rows: number;
  readonly missing: number;
  /** How many different values there are, the missing one not counted. */
  readonly distinct: number;
  /** Values as text with how many rows have them: the most frequent first, up to 200. */
  readonly values: readonly (readonly [value: string, rows: number])[];
  /** Of numbers and times (epoch milliseconds); null where there are none. */
  readonly numbers: NumberFacts | null;
  /** Of texts; null where there are none. */
  readonly texts: { readonly meanWords: number; readonly distinctTexts: readonly string[] } | null;
}

export interface NumberFacts {
  /** The values that are not missing and finite, ascending. */
  readonly sorted: Float64Array;
  readonly areWhole: boolean;
  /** Each is greater than the one in the row before. */
  readonly areAscending: boolean;
}

const MOST_VALUES = 200;

export function factsOf(frame: Frame): readonly ColumnFacts[] {
  return frame.fields.map((field) => columnFacts(field, frame.column(field.name), frame.length));
}

function columnFacts(field: Field, column: Column, rows: number): ColumnFacts {
  const { name, dtype } = field;
  const width = widthOf(field);
  const nothing = { name, dtype, width, rows, missing: 0, distinct: 0, values: [], numbers: null, texts: null };
  if (width !== 1 || column.dtype === "bytes") return nothing;
  return column.dtype === "string" ? textFacts(nothing, column) : { ...nothing, ...numberFacts(column, rows) };
}

function textFacts(nothing: ColumnFacts, { codes, dictionary }: Extract<Column, { readonly dtype: "string" }>): ColumnFacts {
  const counts = new Uint32Array(dictionary.length);
  for (const code of codes) counts[code]!++;
  const found = dictionary.map((value, code) => [value, counts[code]!] as const).filter(([value, count]) => value !== "" && count > 0);
  const present = codes.length - counts[0]!;
  const words = found.reduce((sum, [value, count]) => sum + count * value.trim().split(/\s+/).length, 0);
  const texts = found.length === 0 ? null : { meanWords: words / present, distinctTexts: found.map(([value]) => value) };
  return { ...nothing, missing: counts[0]!, distinct: found.length, values: mostFrequent(found), texts };
}

function numberFacts(column: Column, rows: number): Pick<ColumnFacts, "missing" | "distinct" | "values" | "numbers"> {
  const all = toFloat64(column);
  const counts = new Map<number, number>();
  const kept: number[] = [];
  let missing = 0;
  let areAscending = true;
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) {
      missing++;
      continue;
    }
    const value = all[row]!;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (!Number.isFinite(value)) continue;
    areAscending &&= kept.length === 0 || value > kept.at(-1)!;
    kept.push(value);
  }
  const text = column.dtype === "bool" ? (value: number) => String(value === 1) : String;
  const values = mostFrequent([...counts].map(([value, count]) => [text(value), count] as const));
  const numbers = kept.length === 0 ? null : { sorted: Float64Array.from(kept).sort(), areWhole: kept.every(Number.isInteger), areAscending };
  return { missing, distinct: counts.size, values, numbers };
}

/** Ties by text, so that the same data gives the same config. */
function mostFrequent(found: readonly (readonly [string, number])[]): ColumnFacts["values"] {
  return [...found].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1)).slice(0, MOST_VALUES);
}

/** The value that this share of the numbers does not exceed. */
export function quantileOf({ sorted }: NumberFacts, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
