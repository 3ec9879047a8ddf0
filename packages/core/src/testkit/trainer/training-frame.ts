import type { Column, Field, Frame } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import { createFrame, field, widthOf } from "../../frame/frame.js";
import { sparseColumn } from "../../frame/sparse-column.js";

/**
 * Rows that a trainer can learn from: numbers in [-2, 2], codes of all categories, one value in twenty missing; the target follows a sum over the
 * features, with noise. float32 numbers, int32 codes and sparse vectors of small whole numbers, more of them at low places, as the fitted graph leaves features.
 */
export function trainingFrame(features: readonly Field[], problem: Problem, rows: number, random: () => number): Frame {
  const scores = new Float64Array(rows);
  const columns = features.map((feature, at) => columnOf(feature, at, rows, random, scores));
  const target = targetOf(problem, scores, random);
  return createFrame([...features, targetField(problem)], [...columns, target], rows);
}

export function targetField(problem: Problem): Field {
  return field("$target", problem.kind === "multiclass" ? "int32" : "float64", { nullable: false });
}

/** The column, whose effect is added to the scores: falling, rising and so on for numbers, up and down with the code. */
function columnOf(feature: Field, at: number, rows: number, random: () => number, scores: Float64Array): Column {
  const sign = at % 2 === 0 ? 1 : -1;
  const width = widthOf(feature);
  if (feature.dtype === "sparse")
    return sparseColumn(
      Array.from(scores, (_, row) => {
        const entries = Array.from({ length: Math.floor(random() * 6) }, () => [Math.floor(random() * random() * width), 1 + Math.floor(random() * 3)] as const);
        for (const [place, number] of entries) scores[row]! += (sign * ((place % 3) - 1) * number) / 4;
        return entries;
      }),
    );
  if (feature.categories !== null) {
    const count = feature.categories.length;
    const values = Int32Array.from({ length: rows }, () => (random() < 0.05 ? count : Math.floor(random() * count)));
    values.forEach((code, row) => (scores[row]! += sign * ((code % 3) - 1)));
    return { dtype: "int32", values, validity: null };
  }
  const values = Float32Array.from({ length: rows * width }, () => (random() < 0.05 ? NaN : random() * 4 - 2));
  values.forEach((value, place) => (scores[Math.floor(place / width)]! += Number.isNaN(value) ? 0 : (sign * value) / width));
  return { dtype: "float32", values };
}

function targetOf(problem: Problem, scores: Float64Array, random: () => number): Column {
  if (problem.kind === "regression") return { dtype: "float64", values: scores.map((score) => 3 + 2 * score + random() * 0.2) };
  if (problem.kind === "binary") return { dtype: "float64", values: scores.map((score) => (random() < 1 / (1 + Math.exp(-2 * score)) ? 1 : 0)) };
  const count = problem.classes.length;
  return { dtype: "int32", values: Int32Array.from(scores, (score) => Math.min(count - 1, Math.max(0, Math.floor(((score + 2 + random()) / 5) * count)))), validity: null };
}
