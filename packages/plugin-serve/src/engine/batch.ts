import { createFrame, numberColumn, textColumn, widthOf, type Column, type Field, type Frame } from "@millrace/core";
import { createNumbers, numbersOf, type NumberList } from "./number-list.js";

/** The values of a column, row after row: numbers with NaN where missing, texts with `""`. */
export type Values = NumberList | string[];

/** Rows that go through a model together, column by column, in the order of its inputs. */
export interface Batch {
  readonly columns: readonly Values[];
  length: number;
}

export function createBatch(inputs: readonly Field[]): Batch {
  return { columns: inputs.map(({ dtype }) => (dtype === "string" ? [] : createNumbers())), length: 0 };
}

/** Takes away the rows from `length` on: those of a request that was refused. */
export function truncate(batch: Batch, inputs: readonly Field[], length: number): void {
  batch.columns.forEach((values, at) => (values.length = length * widthOf(inputs[at]!)));
  batch.length = length;
}

/** The rows as a frame. They were checked when they were read. */
export function frameOf(batch: Batch, inputs: readonly Field[]): Frame {
  return createFrame(inputs, inputs.map((field, at) => columnOf(field, batch.columns[at]!)), batch.length);
}

function columnOf(field: Field, values: Values): Column {
  const { name, dtype } = field;
  if (dtype === "string") return textColumn(values as string[], name);
  if (dtype === "bytes" || dtype === "sparse") throw new TypeError(`No model takes ${dtype}.`);
  const numbers = numbersOf(values as NumberList);
  // What was read holds no NaN but the canonical one.
  if (dtype === "float64") return { dtype, values: numbers };
  if (dtype === "float32") return { dtype, values: new Float32Array(numbers) };
  return numberColumn(dtype, numbers, { name, width: widthOf(field) });
}
