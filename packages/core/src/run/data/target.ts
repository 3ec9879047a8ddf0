import type { Column, Field, Frame } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import { numberColumn } from "../../frame/columns.js";
import { field } from "../../frame/frame.js";
import { isMissing, toFloat64 } from "../../frame/missing.js";

/** A class as text: what a label of the model says. */
export function classNames(column: Column): (row: number) => string {
  switch (column.dtype) {
    case "string":
      return (row) => column.dictionary[column.codes[row]!]!;
    case "bool":
      return (row) => (column.values[row] === 1 ? "true" : "false");
    default: {
      const numbers = toFloat64(column);
      return (row) => String(numbers[row]);
    }
  }
}

/** The field of `$target`: float64, or int32 codes of the classes where multiclass. */
export function targetField(problem: Problem): Field {
  return problem.kind === "multiclass" ? field("$target", "int32", { categories: problem.classes }) : field("$target", "float64");
}

/** `$target` of a frame (see Problem): float64, or int32 codes where multiclass; missing without a label. */
export function targetColumn(frame: Frame, target: string, problem: Problem): readonly [Field, Column] {
  const column = frame.column(target);
  if (problem.kind === "regression") return [targetField(problem), { dtype: "float64", values: toFloat64(column) }];
  const codeOf = classCodes(column, problem.classes);
  if (problem.kind === "binary") {
    const positive = problem.classes.indexOf(problem.positive);
    const values = new Float64Array(frame.length);
    for (let i = 0; i < values.length; i++) {
      const code = codeOf(i);
      values[i] = code < 0 ? NaN : code === positive ? 1 : 0;
    }
    return [targetField(problem), { dtype: "float64", values }];
  }
  return [targetField(problem), numberColumn("int32", Array.from({ length: frame.length }, (_, row) => (codeOf(row) < 0 ? null : codeOf(row))))];
}

function classCodes(column: Column, classes: readonly string[]): (row: number) => number {
  if (column.dtype === "string") {
    const codes = column.dictionary.map((text) => classes.indexOf(text));
    return (row) => codes[column.codes[row]!]!;
  }
  const index = new Map(classes.map((name, code) => [name, code]));
  if (column.dtype === "bool") {
    const codes = [index.get("false") ?? -1, index.get("true") ?? -1];
    return (row) => (isMissing(column, row) ? -1 : codes[column.values[row]!]!);
  }
  const nameOf = classNames(column);
  return (row) => index.get(nameOf(row)) ?? -1;
}

/** Which rows have a label. */
export function hasLabel(frame: Frame, target: string): (row: number) => boolean {
  const column = frame.column(target);
  return (row) => !isMissing(column, row);
}
