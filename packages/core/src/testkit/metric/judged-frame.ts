import type { Column, Field, Frame } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import { createFrame, field } from "../../frame/frame.js";

/** Rows with every class among them where there are enough, predictions that know nothing, and weights; scores of two digits, so that some are equal. */
export function judgedFrame(problem: Problem, rows: number, random: () => number, weight: (random: () => number) => number): Frame {
  const classes = problem.kind === "regression" ? 0 : problem.classes.length;
  const target = Array.from({ length: rows }, (_, row) => (classes === 0 ? Math.round(random() * 200 - 100) / 8 : row < classes ? row : Math.floor(random() * classes)));
  const width = problem.kind === "multiclass" ? classes : 1;
  const prediction = Array.from({ length: rows }, () => (problem.kind === "multiclass" ? shares(width, random) : [problem.kind === "binary" ? Math.round(random() * 100) / 100 : random() * 25 - 12.5])).flat();
  const targetColumn: Column = problem.kind === "multiclass" ? { dtype: "int32", values: Int32Array.from(target), validity: null } : { dtype: "float64", values: Float64Array.from(target) };
  const weights: Column = { dtype: "float64", values: Float64Array.from({ length: rows }, () => weight(random)) };
  return createFrame([field("$target", targetColumn.dtype), predictionField(problem), field("$weight", "float64")], [targetColumn, { dtype: "float32", values: Float32Array.from(prediction) }, weights], rows);
}

export function perfectPrediction(frame: Frame, problem: Problem): Float32Array {
  const target = [...numbersOf(frame, "$target")];
  return Float32Array.from(problem.kind === "multiclass" ? target.flatMap((own) => problem.classes.map((_, k) => (k === own ? 1 : 0))) : target);
}

function shares(width: number, random: () => number): number[] {
  const parts = Array.from({ length: width }, () => Math.floor(1 + 8 * random()));
  const sum = parts.reduce((all, part) => all + part, 0);
  return parts.map((part) => part / sum);
}

function predictionField(problem: Problem): Field {
  return field("$prediction", "float32", problem.kind === "multiclass" ? { shape: [problem.classes.length] } : {});
}

export function withPrediction(frame: Frame, problem: Problem, prediction: ArrayLike<number>): Frame {
  const values = Float32Array.from(prediction);
  return createFrame([...without(frame, "$prediction").fields, predictionField(problem)], [...columnsOf(without(frame, "$prediction")), { dtype: "float32", values }], frame.length);
}

export function withWeights(frame: Frame, values: Float64Array): Frame {
  const rest = without(frame, "$weight");
  return createFrame([...rest.fields, field("$weight", "float64")], [...columnsOf(rest), { dtype: "float64", values }], frame.length);
}

export function without(frame: Frame, name: string): Frame {
  const fields = frame.fields.filter((one) => one.name !== name);
  return createFrame(fields, fields.map((one) => frame.column(one.name)), frame.length);
}

function columnsOf(frame: Frame): readonly Column[] {
  return frame.fields.map(({ name }) => frame.column(name));
}

/** A copy of a column's values as float64. */
export function numbersOf(frame: Frame, name: string): Float64Array {
  return Float64Array.from((frame.column(name) as { readonly values: ArrayLike<number> }).values);
}
