import type { Field } from "@millrace/core";

/** Datatypes of the Open Inference Protocol, and BF16, which its clients send; bytes of one element, null where it varies. */
export const DATATYPE_BYTES = { BOOL: 1, UINT8: 1, UINT16: 2, UINT32: 4, UINT64: 8, INT8: 1, INT16: 2, INT32: 4, INT64: 8, FP16: 2, BF16: 2, FP32: 4, FP64: 8, BYTES: null } as const;

export type Datatype = keyof typeof DATATYPE_BYTES;

/** Without a form in JSON. */
export type HalfDatatype = "FP16" | "BF16";

export function isHalf(datatype: Datatype): datatype is HalfDatatype {
  return datatype === "FP16" || datatype === "BF16";
}

export function isDatatype(text: unknown): text is Datatype {
  return typeof text === "string" && Object.hasOwn(DATATYPE_BYTES, text);
}

/** How a column is declared: times are epoch milliseconds. */
export function datatypeOf({ dtype }: Field): Datatype {
  return DECLARED[dtype];
}

const DECLARED = { string: "BYTES", bytes: "BYTES", sparse: "BYTES", float32: "FP32", float64: "FP64", int32: "INT32", int64: "INT64", uint8: "UINT8", bool: "BOOL", timestamp: "INT64" } as const satisfies Record<Field["dtype"], Datatype>;

/** Whether a tensor may be given for a column: any kind of number for numbers, since each value is checked against what the column holds. */
export function fits(datatype: Datatype, field: Field): boolean {
  if (field.dtype === "string") return datatype === "BYTES";
  if (field.dtype === "bool") return datatype === "BOOL";
  return datatype !== "BYTES" && datatype !== "BOOL";
}
