import type { Field } from "@millrace/core";
import { codeField } from "./codes.js";
import { numberField } from "./columns.js";
import { kindOf, NUMBERS, type InputKind } from "./input.js";

/** What can pass through a transform as it is: times cannot, because no feature is one. */
export const PASSING: readonly InputKind[] = [...NUMBERS, "text", "code", "vector"];

/** What a transform promises for a column that it passes on: numbers as float32, categories as codes, text as text. */
export function asItIs(field: Field, name = field.name): Field {
  const kind = kindOf(field);
  if (kind === "code") return codeField(name, field.categories);
  return kind === "text" ? { ...field, name } : { ...numberField(name), shape: field.shape };
}
