import type { Attribute, Tensor } from "../contracts/graph.js";

export type Attributes = Readonly<Record<string, Attribute>>;

/** An INT attribute, or its default. */
export function intOf(attributes: Attributes, name: string, otherwise: number): number {
  const value = attributes[name];
  return typeof value === "bigint" ? Number(value) : otherwise;
}

/** An INTS attribute as numbers; empty where absent. */
export function intsOf(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  return value instanceof BigInt64Array ? Array.from(value, Number) : [];
}

/** A STRINGS attribute; empty where absent. */
export function stringsOf(attributes: Attributes, name: string): readonly string[] {
  const value = attributes[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** A STRING attribute, or its default. */
export function stringOf(attributes: Attributes, name: string, otherwise: string): string {
  const value = attributes[name];
  return typeof value === "string" ? value : otherwise;
}

export function isTensor(value: Attribute | undefined): value is Tensor {
  return typeof value === "object" && "dims" in value;
}

/** A TENSOR attribute of float64; null where absent. */
export function float64sOf(attributes: Attributes, name: string): Float64Array | null {
  const value = attributes[name];
  return isTensor(value) && value.dtype === "float64" ? value.values : null;
}
