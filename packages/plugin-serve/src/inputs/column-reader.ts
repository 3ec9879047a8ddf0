import { parseTimestamp, widthOf, type Field, type Json, type Seen } from "@millrace/core";
import type { Values } from "../engine/batch.js";
import { append, makeRoom, type NumberList } from "../engine/number-list.js";
import { ABSENT, TYPE, allowedType, type Violation } from "./violation.js";

export type Policy = "refuse" | "missing" | "flag";

export interface ColumnRule {
  readonly field: Field;
  /** What training saw; undefined: nothing is known. */
  readonly seen: Seen | undefined;
  /** Null: wrong types are refused, values outside the range flagged, unseen categories pass. */
  readonly policy: Policy | null;
  /** Whether NaN and infinities may come as texts. */
  readonly textNumbers: boolean;
}

/** A value as a client sent it; int64 beyond 2^53 come as bigints. */
export type Given = Json | bigint | undefined;

/** Appends the column of `count` rows to a batch. Every value that breaks the rule is told; it throws nothing. */
export type ReadColumn = (count: number, valueAt: (row: number) => Given, into: Values, tell: (violation: Violation) => void) => void;

export function columnReader(rule: ColumnRule): ReadColumn {
  const { field } = rule;
  if (widthOf(field) !== 1 || (field.shape ?? []).length > 0) return vectorReader(rule);
  return field.dtype === "string" ? textReader(rule) : numberReader(rule);
}

function numberReader(rule: ColumnRule): ReadColumn {
  const { field } = rule;
  const scalar = scalarOf(rule);
  const [least, greatest] = rangeOf(rule);
  const isFloat = field.dtype === "float64" || field.dtype === "float32";
  return (count, valueAt, into, tell) => {
    const numbers = into as NumberList;
    for (let row = 0; row < count; row++) {
      const value = valueAt(row);
      // What most values are, before all else.
      if (isFloat && typeof value === "number" && value >= least && value <= greatest) {
        append(numbers, value);
        continue;
      }
      append(numbers, readNumber(rule, scalar, value, row, [least, greatest], tell));
    }
  };
}

/** Time goes on: that a time is later than those of training says nothing, unless a policy asks. */
export function rangeOf({ field, seen, policy }: ColumnRule): readonly [number, number] {
  return seen?.kind === "number" && (field.dtype !== "timestamp" || policy !== null) ? [seen.minimum, seen.maximum] : [-Infinity, Infinity];
}

function readNumber(rule: ColumnRule, scalar: (value: Given) => number, value: Given, row: number, [least, greatest]: readonly [number, number], tell: (violation: Violation) => void): number {
  const { field, policy } = rule;
  if (value === undefined) {
    tell({ column: field.name, row, kind: ABSENT, value, allowed: allowedType(field) });
    return NaN;
  }
  if (value === null) {
    if (!field.nullable) tell({ column: field.name, row, kind: TYPE, value, allowed: allowedType(field) });
    return NaN;
  }
  const number = scalar(value);
  if (number !== number) {
    if (!(rule.textNumbers && value === "NaN")) tell({ column: field.name, row, kind: TYPE, value, allowed: allowedType(field) });
    return NaN;
  }
  const held = heldBy(field, number);
  if (held >= least && held <= greatest) return number;
  tell({ column: field.name, row, kind: "range", value, allowed: `${shown(field, least)} to ${shown(field, greatest)}` });
  return policy === "missing" ? NaN : number;
}

/** As the model sees it: what training saw was rounded too. */
export function heldBy({ dtype }: Field, number: number): number {
  return dtype === "float32" ? Math.fround(number) : number;
}

/** The end of a range in the shortest words that mean it; a time as ISO 8601. */
export function shown({ dtype }: Field, end: number): string {
  if (dtype === "timestamp" && Math.abs(end) <= 8.64e15) return new Date(end).toISOString();
  if (dtype !== "float32" || !Number.isFinite(end)) return String(end);
  for (let digits = 6; digits < 9; digits++) if (Math.fround(Number(end.toPrecision(digits))) === end) return String(Number(end.toPrecision(digits)));
  return String(end);
}

/** A JSON value as the number that it stands for; NaN where it is of another type, or more than the type holds. */
function scalarOf({ field, textNumbers }: ColumnRule): (value: Given) => number {
  const { dtype } = field;
  if (dtype === "bool") return (value) => (typeof value === "boolean" ? Number(value) : NaN);
  const range = wholeRange(dtype);
  if (dtype === "timestamp") return (value) => whole(typeof value === "string" ? parseTimestamp(value) : value, range!);
  if (range !== null) return (value) => whole(value, range);
  return (value) => (typeof value === "number" ? value : textNumbers && (value === "Infinity" || value === "-Infinity") ? Number(value) : NaN);
}

const GREATEST = Number.MAX_SAFE_INTEGER;

/** The whole numbers that a type holds; null: it holds others. */
export function wholeRange(dtype: Field["dtype"]): readonly [number, number] | null {
  if (dtype === "timestamp" || dtype === "int64") return [-GREATEST, GREATEST];
  if (dtype === "int32") return [-(2 ** 31), 2 ** 31 - 1];
  return dtype === "uint8" ? [0, 255] : null;
}

function whole(value: Given, [least, greatest]: readonly [number, number]): number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= greatest ? value : NaN;
}

/** The texts that a policy lets pass; null: all. Training keeps the first 1,000: of a column with as many, what was seen is not known. */
export function knownTexts({ seen, policy }: ColumnRule): ReadonlySet<string> | null {
  return policy !== null && seen?.kind === "text" && seen.values.length < 1_000 ? new Set(seen.values) : null;
}

function textReader(rule: ColumnRule): ReadColumn {
  const { field, policy } = rule;
  const { name } = field;
  const known = knownTexts(rule);
  return (count, valueAt, into, tell) => {
    const texts = into as string[];
    for (let row = 0; row < count; row++) {
      const value = valueAt(row);
      if (typeof value === "string" && !value.includes("\0") && (value !== "" || field.nullable)) {
        const isKnown = known === null || value === "" || known.has(value);
        if (!isKnown) tell({ column: name, row, kind: "category", value, allowed: listed(known) });
        texts.push(isKnown || policy !== "missing" ? value : "");
        continue;
      }
      texts.push("");
      if (value === null && field.nullable) continue;
      tell({ column: name, row, kind: value === undefined ? ABSENT : TYPE, value, allowed: allowedType(field) });
    }
  };
}

function listed(known: ReadonlySet<string>): string {
  const some = [...known].slice(0, 10).map((text) => JSON.stringify(text));
  return `${some.join(", ")}${known.size > some.length ? ` and ${known.size - some.length} others` : ""}`;
}

function vectorReader(rule: ColumnRule): ReadColumn {
  const { field } = rule;
  const width = widthOf(field);
  const scalar = scalarOf(rule);
  return (count, valueAt, into, tell) => {
    const numbers = into as NumberList;
    makeRoom(numbers, count * width);
    for (let row = 0; row < count; row++) {
      const value = valueAt(row);
      const isVector = Array.isArray(value) && value.length === width && putVector(value, scalar, numbers.values, numbers.length);
      if (!isVector) {
        if (!(value === null && field.nullable)) tell({ column: field.name, row, kind: value === undefined ? ABSENT : TYPE, value, allowed: allowedType(field) });
        numbers.values.fill(NaN, numbers.length, numbers.length + width);
      }
      numbers.length += width;
    }
  };
}

/** Puts the numbers of a vector from a place on, NaN where they are missing; false where one is no number. */
function putVector(vector: readonly Json[], scalar: (value: Given) => number, into: Float64Array, from: number): boolean {
  for (let at = 0; at < vector.length; at++) {
    const one = vector[at]!;
    const number = one === null ? NaN : scalar(one);
    if (number !== number && one !== null) return false;
    into[from + at] = number;
  }
  return true;
}
