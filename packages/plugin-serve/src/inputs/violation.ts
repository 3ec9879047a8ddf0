import { widthOf, type Field, type Json } from "@millrace/core";

/** No such key in the row. */
export const ABSENT = "absent";
/** Of another type than the column's, or more than it holds. */
export const TYPE = "type";

/** A value that breaks the rule of its column. */
export interface Violation {
  readonly column: string;
  readonly row: number;
  readonly kind: typeof ABSENT | typeof TYPE | "range" | "category";
  readonly value: Json | bigint | undefined;
  /** What is allowed, for people. */
  readonly allowed: string;
}

const TYPES: Readonly<Record<Field["dtype"], string>> = {
  string: "a text without NUL",
  float32: "a number",
  float64: "a number",
  int32: "a whole number of 32 bits",
  int64: "a whole number up to 2^53 - 1",
  uint8: "a whole number from 0 to 255",
  bool: "true or false",
  timestamp: "epoch milliseconds or an ISO 8601 text such as 2001-06-30T23:59:00Z",
  bytes: "nothing",
  sparse: "nothing",
};

export function allowedType(field: Field): string {
  const one = (field.shape ?? []).length > 0 ? `an array of ${widthOf(field)} values, each ${TYPES[field.dtype]}` : TYPES[field.dtype];
  return field.nullable ? `${one}, or null` : one;
}
