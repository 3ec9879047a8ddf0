import type { Column, Field, Frame } from "../contracts/frame.js";
import type { Seen } from "../contracts/model.js";
import { bytesColumn, numberColumn } from "./columns.js";
import { createFrame, widthOf } from "./frame.js";
import { sparseColumn, type SparseRow } from "./sparse-column.js";
import { textColumn } from "./text-column.js";

type Scalar = number | string | null;
type SeenColumns = Readonly<Record<string, Seen>>;

/**
 * Rows of made-up values by which a model is certified: a row of the middle of each range; a row with nothing; then one row for each
 * value of each column where implementations differ (ends of its range and beyond, zeros, infinities, missing; the first and last
 * category, an unseen one, text outside ASCII), the other columns at their middle. A function of the fields and of what was seen only.
 */
export function goldenRows(inputs: readonly Field[], seen: SeenColumns): Frame {
  const middle = inputs.map((field) => middleOf(field, seen[field.name]));
  const rows: Scalar[][] = [middle, inputs.map(() => null)];
  inputs.forEach((field, at) => {
    for (const value of notable(field, seen[field.name])) rows.push(middle.with(at, value));
  });
  return build(inputs, rows.length, (_, row, at) => rows[row]![at]!);
}

/** Rows of random values in the ranges that were seen, with missing, unseen and extreme ones among them. */
export function randomRows(inputs: readonly Field[], seen: SeenColumns, count: number, random: () => number): Frame {
  const notables = inputs.map((field) => notable(field, seen[field.name]));
  return build(inputs, count, (field, _, at) => {
    const odd = notables[at]!;
    if (random() < 0.15) return odd[Math.floor(random() * odd.length)]!;
    return usual(field, seen[field.name], random);
  });
}

/** Values where implementations differ. */
function notable(field: Field, seen: Seen | undefined): Scalar[] {
  if (field.dtype === "sparse") return [null, 0, 1, -1, 2.5];
  if (field.dtype === "string") {
    const texts = textsOf(seen);
    let unseen = "unseen";
    while (texts.includes(unseen)) unseen += "?";
    return [...new Set([null, "", texts[0] ?? null, texts.at(-1) ?? null, texts[texts.length >> 1] ?? null, unseen, `${MARK}${texts[0] ?? "a"}`, MARK, "Ünsèen 未 😀", " "])];
  }
  if (field.categories !== null) return [0, field.categories.length, field.categories.length + 1];
  const { minimum, maximum } = rangeOf(field, seen);
  const span = Math.max(maximum - minimum, 1);
  const common = [null, minimum, maximum, (minimum + maximum) / 2, 0, minimum - span, maximum + span];
  switch (field.dtype) {
    case "float32":
    case "float64":
      return [...common, -0, Infinity, -Infinity, 1e-310, 1e30, -1e30];
    case "timestamp":
      return distinct(field, [...common, -1, 86_399_999, 86_400_000, 951_782_400_000, 8.64e15, -8.64e15]);
    default:
      return distinct(field, [...common, 1, -1, -Infinity, Infinity]);
  }
}

function usual(field: Field, seen: Seen | undefined, random: () => number): Scalar {
  if (field.dtype === "string") {
    const texts = textsOf(seen);
    return texts.length === 0 ? "" : texts[Math.floor(random() * texts.length)]!;
  }
  if (field.categories !== null) return Math.floor(random() * (field.categories.length + 2));
  const { minimum, maximum } = rangeOf(field, seen);
  return held(field, minimum + random() * (maximum - minimum));
}

function middleOf(field: Field, seen: Seen | undefined): Scalar {
  return usual(field, seen, () => 0.5);
}

/** As the dtype holds them, each once. */
function distinct(field: Field, values: readonly Scalar[]): Scalar[] {
  return [...new Set(values.map((value) => (typeof value === "number" ? held(field, value) : value)))];
}

function held(field: Field, value: number): number {
  const limits = LIMITS[field.dtype as keyof typeof LIMITS];
  return limits === undefined ? value : Math.min(limits[1], Math.max(limits[0], Math.round(value))) + 0;
}

function rangeOf(field: Field, seen: Seen | undefined): { readonly minimum: number; readonly maximum: number } {
  if (seen?.kind === "number") return seen;
  return field.dtype === "bool" ? { minimum: 0, maximum: 1 } : field.dtype === "timestamp" ? { minimum: -6e11, maximum: 2e12 } : { minimum: -100, maximum: 100 };
}

function textsOf(seen: Seen | undefined): readonly string[] {
  return seen?.kind === "text" ? seen.values : TEXTS;
}

function build(fields: readonly Field[], count: number, value: (field: Field, row: number, at: number) => Scalar): Frame {
  const cells = fields.map((field): Scalar[] => Array.from({ length: count * cellsOf(field) }));
  for (let row = 0; row < count; row++)
    fields.forEach((field, at) => {
      const width = cells[at]!.length / count;
      for (let k = 0; k < width; k++) cells[at]![row * width + k] = value(field, row, at);
    });
  return createFrame(fields, fields.map((field, at) => columnOf(field, cells[at]!)), count);
}

function cellsOf(field: Field): number {
  if (field.dtype === "sparse") return ENTRIES;
  return field.dtype === "string" || field.dtype === "bytes" ? 1 : widthOf(field);
}

function columnOf(field: Field, values: readonly Scalar[]): Column {
  if (field.dtype === "sparse") return sparseColumn(Array.from({ length: values.length / ENTRIES }, (_, row) => sparseRow(values.slice(row * ENTRIES, (row + 1) * ENTRIES), widthOf(field))));
  if (field.dtype === "string") return textColumn(values as readonly (string | null)[], field.name);
  if (field.dtype === "bytes") return bytesColumn(values.map((value) => (value === null ? null : Buffer.from(String(value)))));
  return numberColumn(field.dtype, values as readonly (number | null)[], { name: field.name, width: widthOf(field) });
}

/** Each value at a place that follows from it, so that rows of few seeds fill a long vector. */
function sparseRow(values: readonly Scalar[], width: number): SparseRow {
  return values.flatMap((value, k): (readonly [number, number])[] => (value === null ? [] : [[Math.floor(Math.abs(Number(value)) * 7919 + k * 104_729) % width, Number(value)]]));
}

/** Entries of a sparse row, at most. */
const ENTRIES = 4;

const LIMITS = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  timestamp: [-8.64e15, 8.64e15],
  uint8: [0, 255],
  bool: [0, 1],
} as const;

/** A byte order mark at the beginning of a file, and a character of its own in a text: decoders take it away unless they are told. */
const MARK = "\uFEFF";

/** Where nothing was seen. */
const TEXTS = ["a", `${MARK}a`, "b", "ab", "B", "é", "日本", "x y", "0", "NaN"];
