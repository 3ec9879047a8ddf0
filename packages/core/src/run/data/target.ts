import type { Column, Field, Frame } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import { hasBit } from "../../frame/bits.js";
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
  const codes = classCodes(column, problem.classes, frame.length);
  if (problem.kind === "binary") {
    const positive = problem.classes.indexOf(problem.positive);
    const values = new Float64Array(frame.length);
    for (let i = 0; i < values.length; i++) values[i] = codes[i]! < 0 ? NaN : codes[i] === positive ? 1 : 0;
    return [targetField(problem), { dtype: "float64", values }];
  }
  return [targetField(problem), numberColumn("int32", Array.from(codes, (code) => (code < 0 ? null : code)))];
}

/** The index of each row's class; -1 without a label, or where it is none of the classes. */
function classCodes(column: Column, classes: readonly string[], length: number): Int32Array {
  const codes = new Int32Array(length);
  const index = new Map(classes.map((name, code) => [name, code]));
  if (column.dtype === "string") {
    const byText = Int32Array.from(column.dictionary, (text) => index.get(text) ?? -1);
    for (let i = 0; i < length; i++) codes[i] = byText[column.codes[i]!]!;
  } else if (column.dtype === "bool") {
    const [no, yes] = [index.get("false") ?? -1, index.get("true") ?? -1];
    for (let i = 0; i < length; i++) codes[i] = column.values[i] === 1 ? yes : no;
    if (column.validity !== null) for (let i = 0; i < length; i++) if (!hasBit(column.validity, i)) codes[i] = -1;
  } else {
    const nameOf = classNames(column);
    for (let i = 0; i < length; i++) codes[i] = index.get(nameOf(i)) ?? -1;
  }
  return codes;
}

/** Which rows have a label. */
export function hasLabel(frame: Frame, target: string): (row: number) => boolean {
  const column = frame.column(target);
  return (row) => !isMissing(column, row);
}
