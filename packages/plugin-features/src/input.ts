import { MillraceError, type Field } from "@millrace/core";

/** What a column is to a transform. An int32 column with categories is a code, and so is one whose shape is not known until it is fitted. */
export type InputKind = "float" | "whole" | "boolean" | "timestamp" | "text" | "code" | "vector" | "other";

/** All that arithmetic takes. */
export const NUMBERS: readonly InputKind[] = ["float", "whole", "boolean"];

const WORDS: Readonly<Record<InputKind, string>> = {
  float: "float32 or float64",
  whole: "int32 or int64",
  boolean: "bool",
  timestamp: "timestamp",
  text: "string",
  code: "a category",
  vector: "a vector of numbers",
  other: "bytes or uint8",
};

export function kindOf(field: Field): InputKind {
  if (field.shape !== null && field.shape.length > 0) return field.dtype === "float32" || field.dtype === "float64" ? "vector" : "other";
  if (field.categories !== null || (field.dtype === "int32" && field.shape === null)) return "code";
  switch (field.dtype) {
    case "float32":
    case "float64":
      return "float";
    case "int32":
    case "int64":
      return "whole";
    case "bool":
      return "boolean";
    case "timestamp":
      return "timestamp";
    case "string":
      return "text";
    default:
      return "other";
  }
}

/** What a transform takes, and what to do where a column is something else. */
export interface Takes {
  readonly transform: string;
  readonly allowed: readonly InputKind[];
  readonly mend: string;
}

/**
 * Throws TRANSFORM_INPUT for the first column that the transform cannot take, naming the column, what it is, what is allowed, and the
 * mend. `promised`: fields before anything was fitted, where a category still looks like a plain int32; `fitted`: as `fit` gets them.
 */
export function requireInputs(takes: Takes, input: readonly Field[], stage: "promised" | "fitted"): void {
  for (const field of input) {
    const kind = kindOf(field);
    const mayBeCode = stage === "promised" && field.dtype === "int32" && takes.allowed.includes("code");
    if (takes.allowed.includes(kind) || mayBeCode) continue;
    const found = kind === "code" ? "a category" : field.shape?.length ? `${field.dtype} of shape [${field.shape.join(", ")}]` : field.dtype;
    const allowed = takes.allowed.map((kind) => WORDS[kind]).join(", ");
    throw new MillraceError({
      code: "TRANSFORM_INPUT",
      message: `\`${takes.transform}\` cannot take the column "${field.name}": it is ${found}; allowed: ${allowed}.`,
      mend: takes.mend,
      facts: { transform: takes.transform, column: field.name, found, allowed: takes.allowed },
    });
  }
}
