import type { Given } from "../../inputs/column-reader.js";
import { isHalf, type Datatype, type HalfDatatype } from "./datatype.js";
import type { GivenTensor } from "./infer-request.js";
import { quoted, tensorError } from "./tensor-error.js";

/** The values of a JSON tensor, row-major. `data` is flat, or nested as the shape says. Throws SERVE_TENSOR. */
export function jsonValues({ name, datatype, shape, data }: GivenTensor, count: number): readonly Given[] {
  if (!Array.isArray(data)) throw tensorError(`Input ${quoted(name)} has data that is no list.`);
  if (isHalf(datatype)) throw tensorError(`Input ${quoted(name)} is ${datatype}, which has no form in JSON.`, "Send FP32, or binary tensor data.");
  const isNested = data.some(Array.isArray);
  const flat = isNested ? flattened(data, shape, name) : (data as readonly unknown[]);
  if (flat.length !== count) throw tensorError(`Input ${quoted(name)} has ${flat.length} values; its shape says ${count}.`);
  const read = READERS[datatype];
  return flat.map((value) => {
    const found = value === null ? null : read(value);
    if (found === undefined) throw tensorError(`Input ${quoted(name)} holds a value that is no ${datatype}.`);
    return found;
  });
}

function flattened(data: readonly unknown[], shape: readonly number[], name: string): readonly unknown[] {
  let level: readonly unknown[] = data;
  shape.forEach((size, depth) => {
    if (depth === 0) {
      if (level.length !== size) throw ragged(name);
      return;
    }
    level = level.flatMap((inner) => {
      if (!Array.isArray(inner) || inner.length !== size) throw ragged(name);
      return inner as readonly unknown[];
    });
  });
  if (level.some(Array.isArray)) throw ragged(name);
  return level;
}

const ragged = (name: string): Error => tensorError(`Input ${quoted(name)} has data that is not nested as its shape says.`);

type Read = (value: unknown) => Given;

const integer =
  (least: bigint, greatest: bigint): Read =>
  (value) => {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= greatest) return value;
    return typeof value === "bigint" && value >= least && value <= greatest ? value : undefined;
  };

const signed = (bits: bigint): Read => integer(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n);
const unsigned = (bits: bigint): Read => integer(0n, 2n ** bits - 1n);

/** NaN means missing, as null does. The texts of NaN and infinities are looked at where the column is read. */
const float: Read = (value) => {
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (typeof value === "bigint") return Number(value);
  return value === "NaN" || value === "Infinity" || value === "-Infinity" ? value : undefined;
};

const READERS: Readonly<Record<Exclude<Datatype, HalfDatatype>, Read>> = {
  BOOL: (value) => (typeof value === "boolean" ? value : value === 0 || value === 1 ? value === 1 : undefined),
  INT8: signed(8n),
  INT16: signed(16n),
  INT32: signed(32n),
  INT64: signed(64n),
  UINT8: unsigned(8n),
  UINT16: unsigned(16n),
  UINT32: unsigned(32n),
  UINT64: unsigned(64n),
  FP32: float,
  FP64: float,
  BYTES: (value) => (typeof value === "string" ? value : undefined),
};
