import { createFrame, fromRows, select, toFloat64, toRows, valueAt, widthOf, type Column, type Field, type Frame, type Signature } from "@millrace/core";
import { createBatch, frameOf } from "../engine/batch.js";
import { columnReader, knownTexts, rangeOf, type ColumnRule, type Given, type Policy, type ReadColumn } from "./column-reader.js";
import { outcomeOf } from "./input-reader.js";
import { parseCell } from "./parse-cell.js";
import type { Violation } from "./violation.js";

/** The inputs of a model from the columns of a frame, all of which are there. Each value that breaks the rule of its column is told, with what happens to it; the row is that of the frame. */
export type ReadFrame = (frame: Frame, tell: (violation: Violation, outcome: Policy) => void) => Frame;

/**
 * Reads rows of a file by the rules by which requests are read. A column whose values all keep to them is taken as it is; any other goes
 * through the reader of requests, value by value. A text in a column of another type stands for what it spells.
 */
export function frameReader({ inputs, seen }: Pick<Signature, "inputs" | "seen">, policyOf: (column: string) => Policy | null): ReadFrame {
  const rules = inputs.map((field): ColumnRule => ({ field, seen: seen[field.name], policy: policyOf(field.name), textNumbers: false }));
  const readers = rules.map(columnReader);
  return (frame, tell) => createFrame(inputs, rules.map((rule, at) => readInput(rule, readers[at]!, frame, tell)), frame.length);
}

function readInput(rule: ColumnRule, read: ReadColumn, frame: Frame, tell: (violation: Violation, outcome: Policy) => void): Column {
  const { field } = rule;
  const found = frame.fields.find(({ name }) => name === field.name)!;
  const column = frame.column(field.name);
  if (found.dtype === field.dtype && (isVector(field) || field.dtype === "bytes" || field.dtype === "sparse") && widthOf(found) === widthOf(field)) return column;
  if (field.dtype === "bytes" || field.dtype === "sparse") return fromRows([field], toRows(select(frame, [field.name]))).column(field.name);
  const taken = isVector(field) || isVector(found) ? null : takenAsIs(rule, column);
  if (taken !== null) return taken;
  const batch = createBatch([field]);
  read(frame.length, valuesOf(field, found, frame), batch.columns[0]!, (violation) => {
    const outcome = outcomeOf(violation, rule.policy);
    if (outcome !== "pass") tell(violation, outcome);
  });
  batch.length = frame.length;
  return frameOf(batch, [field]).column(field.name);
}

/** Null where a value breaks the rule, or the column is of a type that holds other values than the model's. */
function takenAsIs(rule: ColumnRule, column: Column): Column | null {
  const { field } = rule;
  if (column.dtype === "string") return field.dtype === "string" && textsFit(rule, column) ? column : null;
  const isFloat = field.dtype === "float64" || field.dtype === "float32";
  if (field.dtype !== column.dtype && !(isFloat && isNumber(column))) return null;
  const numbers = toFloat64(column);
  if (!numbersFit(rule, numbers)) return null;
  if (field.dtype === column.dtype) return column;
  return field.dtype === "float32" ? { dtype: "float32", values: new Float32Array(numbers) } : { dtype: "float64", values: numbers };
}

function isNumber({ dtype }: Column): boolean {
  return dtype === "float64" || dtype === "float32" || dtype === "int32" || dtype === "int64" || dtype === "uint8";
}

/** By distinct text. */
function textsFit(rule: ColumnRule, { codes, dictionary }: Extract<Column, { dtype: "string" }>): boolean {
  const known = knownTexts(rule);
  return (rule.field.nullable || !codes.includes(0)) && (known === null || dictionary.every((text) => text === "" || known.has(text)));
}

function numbersFit(rule: ColumnRule, numbers: Float64Array): boolean {
  const { nullable, dtype } = rule.field;
  const range = rangeOf(rule);
  const [least, greatest] = dtype === "int64" || dtype === "timestamp" ? [Math.max(range[0], -GREATEST), Math.min(range[1], GREATEST)] : range;
  const isRounded = dtype === "float32";
  for (let row = 0; row < numbers.length; row++) {
    const value = isRounded ? Math.fround(numbers[row]!) : numbers[row]!;
    if (!(value >= least && value <= greatest) && !(nullable && value !== value)) return false;
  }
  return true;
}

const GREATEST = Number.MAX_SAFE_INTEGER;

function valuesOf(field: Field, found: Field, frame: Frame): (row: number) => Given {
  const column = frame.column(field.name);
  if (isVector(found)) {
    const rows = toRows(select(frame, [field.name]));
    return (row) => rows[row]![field.name];
  }
  if (column.dtype !== "string" || field.dtype === "string") return (row) => valueAt(column, row);
  const cells: Given[] = [];
  return (row) => {
    const code = column.codes[row]!;
    return (cells[code] ??= code === 0 ? null : parseCell(field, column.dictionary[code]!));
  };
}

function isVector({ shape }: Field): boolean {
  return (shape ?? []).length > 0;
}
