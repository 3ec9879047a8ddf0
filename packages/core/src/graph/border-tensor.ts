import type { Column, Field, Frame } from "../contracts/frame.js";
import type { Tensor } from "../contracts/graph.js";
import { MillraceError } from "../errors/millrace-error.js";
import { canonicalNaNs, numberColumn } from "../frame/columns.js";
import { widthOf } from "../frame/frame.js";
import { isMissing, toFloat64 } from "../frame/missing.js";
import { textColumn } from "../frame/text-column.js";
import { borderType } from "./border.js";
import { packSparse, unpackSparse } from "./sparse-tensor.js";

/** The columns of a batch for the inputs of a model, by name. Throws RUNTIME_INPUT where one is missing or of another dtype or width. */
export function inputColumns(batch: Frame, inputs: readonly Field[]): ReadonlyMap<string, Column> {
  const fields = new Map(batch.fields.map((given) => [given.name, given]));
  return new Map(
    inputs.map((input) => {
      const given = fields.get(input.name);
      if (given === undefined) throw refuse(input, "is missing from the batch");
      if (given.dtype !== input.dtype || widthOf(given) !== widthOf(input)) throw refuse(input, `is ${given.dtype} with ${widthOf(given)} values a row in the batch`);
      return [input.name, batch.column(input.name)];
    }),
  );
}

/** A column as the tensor in which it enters a graph (see `borderType`): missing is NaN, or `""`. */
export function borderTensor(column: Column, field: Field, rows: number): Tensor {
  const { dtype } = borderType(field);
  const dims = [rows, widthOf(field)];
  if (column.dtype === "string") {
    const { dictionary } = column;
    return { dtype: "string", dims, values: Array.from(column.codes, (code) => dictionary[code]!) };
  }
  if (column.dtype === "sparse") return packSparse(column, widthOf(field));
  if (dtype === "float32" && column.dtype === "float32") return { dtype, dims, values: column.values };
  return { dtype: "float64", dims, values: numbersOf(column, widthOf(field)) };
}

/** A row of a vector that is missing is NaN as a whole. */
function numbersOf(column: Column, width: number): Float64Array {
  // Floats have no row that is missing as a whole: they are taken as scalars are, and not number by number.
  if (width === 1 || column.dtype === "float64" || column.dtype === "float32" || column.dtype === "string" || column.dtype === "bytes" || column.dtype === "sparse") return toFloat64(column);
  const numbers = Float64Array.from(column.values as ArrayLike<number | bigint>, Number);
  if ("validity" in column && column.validity !== null) for (let row = 0; row * width < numbers.length; row++) if (isMissing(column, row)) numbers.fill(NaN, row * width, (row + 1) * width);
  return numbers;
}

/** What leaves a graph, as a column; all NaNs become one. Throws RUNTIME_OUTPUT for a tensor that is not what the field says. */
export function outputColumn(tensor: Tensor, field: Field): Column {
  if (tensor.dtype === "string" && field.dtype === "string") return textColumn(tensor.values, field.name);
  if (tensor.dtype === "float32" && field.dtype === "sparse") return unpackSparse(tensor, widthOf(field));
  if (tensor.dtype === "float32" && field.dtype === "float32") return { dtype: "float32", values: canonicalNaNs(tensor.values) };
  if (tensor.dtype === "float64" && field.dtype === "float64") return { dtype: "float64", values: canonicalNaNs(tensor.values) };
  if (tensor.dtype === "int32" && field.dtype === "int32") return { dtype: "int32", values: tensor.values, validity: null };
  if (tensor.dtype === "float64" && (field.dtype === "bool" || field.dtype === "timestamp" || field.dtype === "int32" || field.dtype === "int64"))
    return numberColumn(field.dtype, tensor.values, { name: field.name, width: widthOf(field) });
  throw new MillraceError({
    code: "RUNTIME_OUTPUT",
    message: `Output "${field.name}" came as ${tensor.dtype}; the signature says ${field.dtype}.`,
    mend: "Make the model again with: millrace run",
    facts: { column: field.name },
  });
}

function refuse(input: Field, what: string): MillraceError {
  return new MillraceError({
    code: "RUNTIME_INPUT",
    message: `Column "${input.name}" ${what}; the model takes ${input.dtype}${widthOf(input) === 1 ? "" : ` with ${widthOf(input)} values a row`}.`,
    mend: `Give "${input.name}" as ${input.dtype}; a missing value is null, never a column left out.`,
    facts: { column: input.name },
  });
}
