import { type Frame, toFloat64 } from "@millrace/core";
import type { Forest, StateColumn, TreesState } from "./state.js";

/** The scores of rows, output after output: base and leaves added in the order of the trees, in float64. */
export function scoresOf({ outputs, base, columns, forest }: TreesState, frame: Frame): Float64Array {
  const rows = frame.length;
  const values = askedValues(columns, forest, frame);
  const scores = new Float64Array(outputs * rows);
  for (let output = 0; output < outputs; output++) scores.fill(base[output]!, output * rows, (output + 1) * rows);
  forest.roots.forEach((root, tree) => {
    const start = (tree % outputs) * rows;
    for (let row = 0; row < rows; row++) scores[start + row]! += forest.value[leafOf(forest, values, root, row)]!;
  });
  return scores;
}

function leafOf({ column, threshold, missingLeft, set, sets, left, right }: Forest, values: readonly Float64Array[], root: number, row: number): number {
  let node = root;
  for (let asked = column[node]!; asked >= 0; asked = column[node]!) {
    const value = values[asked]![row]!;
    const goesLeft = set[node]! >= 0 ? ((sets[32 * set[node]! + (value >> 3)]! >> (value & 7)) & 1) === 1 : Number.isNaN(value) ? missingLeft[node] === 1 : value <= threshold[node]!;
    node = goesLeft ? left[node]! : right[node]!;
  }
  return node;
}

/** Of each column that a node asks: a number column's values, the bins of a code column. The elements of a vector share one conversion. */
function askedValues(columns: readonly StateColumn[], forest: Forest, frame: Frame): readonly Float64Array[] {
  const values: Float64Array[] = [];
  const converted = new Map<string, Float64Array>();
  for (const column of new Set(forest.column)) {
    if (column < 0) continue;
    const { feature, element, width, table } = columns[column]!;
    const all = converted.get(feature) ?? toFloat64(frame.column(feature));
    converted.set(feature, all);
    values[column] = table !== null ? all.map((code) => table[code]!) : width === 1 ? all : Float64Array.from({ length: frame.length }, (_, row) => all[row * width + element]!);
  }
  return values;
}

/**
 * What the lowered model gives, in float32: `score`, `probabilities` row after row, or `prediction`. The scores are rounded to float32 once, as the graph's
 * ensemble does, before the link.
 */
export function predict(state: TreesState, frame: Frame): Float32Array {
  const scores = Float32Array.from(scoresOf(state, frame));
  const { outputs } = state;
  if (state.classes === null) return state.objective === "poisson" ? Float32Array.from(scores, (score) => Math.exp(score)) : scores;
  if (outputs === 1) return Float32Array.from(scores, (score) => 1 / (1 + Math.exp(-score)));
  const result = new Float32Array(scores.length);
  for (let row = 0; row < frame.length; row++) {
    let [most, sum] = [-Infinity, 0];
    for (let output = 0; output < outputs; output++) most = Math.max(most, scores[output * frame.length + row]!);
    for (let output = 0; output < outputs; output++) sum += Math.exp(scores[output * frame.length + row]! - most);
    for (let output = 0; output < outputs; output++) result[row * outputs + output] = Math.exp(scores[output * frame.length + row]! - most) / sum;
  }
  return result;
}
