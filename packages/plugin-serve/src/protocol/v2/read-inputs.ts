import { widthOf, type Field } from "@millrace/core";
import type { Given } from "../../inputs/column-reader.js";
import { binaryValues } from "./binary-values.js";
import { datatypeOf, fits } from "./datatype.js";
import type { GivenTensor } from "./infer-request.js";
import { jsonValues } from "./json-values.js";
import { quoted, tensorError } from "./tensor-error.js";

export interface GivenColumns {
  readonly rows: number;
  /** For each input of the model, in their order. */
  readonly values: readonly ((row: number) => Given)[];
}

/** The tensors of a request as the columns of the model. Throws SERVE_TENSOR. */
export function readInputs(fields: readonly Field[], tensors: readonly GivenTensor[], rest: Buffer): GivenColumns {
  const unknown = tensors.find(({ name }) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw tensorError(`The model takes no input ${quoted(unknown.name)}.`);
  const rows = tensors[0]!.shape[0] ?? 0;
  if (rows === 0) throw tensorError(`Input ${quoted(tensors[0]!.name)} has no rows.`);
  const readers = new Map<string, (row: number) => Given>();
  let used = 0;
  for (const tensor of tensors) {
    const field = fields.find(({ name }) => name === tensor.name)!;
    const count = checkShape(tensor, field, rows);
    const end = used + (tensor.binaryBytes ?? 0);
    if (end > rest.length) throw tensorError(`Input ${quoted(tensor.name)} goes on behind the body.`);
    const at = tensor.binaryBytes === null ? pick(jsonValues(tensor, count)) : binaryValues(tensor, rest.subarray(used, end), count);
    readers.set(tensor.name, byRow(field, at));
    used = end;
  }
  if (used !== rest.length) throw tensorError(`The body has ${rest.length - used} bytes that belong to no input.`);
  return { rows, values: fields.map(({ name }) => readers.get(name) ?? (() => undefined)) };
}

const pick =
  (values: readonly Given[]) =>
  (at: number): Given =>
    values[at];

/** Scalars may come as [N] or [N, 1]. Returns how many values there are. */
function checkShape({ name, datatype, shape }: GivenTensor, field: Field, rows: number): number {
  if (!fits(datatype, field)) throw tensorError(`Input ${quoted(name)} is ${datatype}; the model takes ${datatypeOf(field)}.`);
  const width = widthOf(field);
  const isScalar = (field.shape ?? []).length === 0;
  const isShaped = shape.length === 2 ? shape[1] === width : shape.length === 1 && isScalar;
  if (!isShaped) throw tensorError(`Input ${quoted(name)} has the shape [${shape.join(", ")}]; the model takes [-1, ${width}].`);
  if (shape[0] !== rows) throw tensorError(`Input ${quoted(name)} has ${shape[0]} rows where another has ${rows}.`);
  return rows * width;
}

/** A vector is read before the next one is asked for: one array does for all of them. */
function byRow(field: Field, at: (index: number) => Given): (row: number) => Given {
  if ((field.shape ?? []).length === 0) return at;
  const width = widthOf(field);
  const vector: Given[] = Array.from({ length: width });
  return (row) => {
    for (let k = 0; k < width; k++) vector[k] = at(row * width + k);
    return vector as Given;
  };
}
