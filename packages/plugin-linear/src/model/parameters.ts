import type { Matrix, NumberColumn, Shape, SparsePlaces } from "../matrix/matrix.js";
import type { CodeWeights, LinearFacts, LinearState, NumberWeights, SparseWeights } from "./state.js";

interface Columns extends Shape {
  readonly numberColumns: readonly NumberColumn[];
}

/** From parameters over standardized columns (output after output) to weights in the features' own units. */
export function toState(theta: Float64Array, matrix: Columns, classes: readonly string[] | null, facts: LinearFacts): LinearState {
  const outputs = theta.length / matrix.size;
  const at = (k: number, j: number) => theta[k * matrix.size + j]!;
  const weight = (k: number, j: number) => at(k, 1 + j) / matrix.numberColumns[j]!.scale;
  const intercept = Float64Array.from({ length: outputs }, (_, k) => matrix.numberColumns.reduce((sum, { mean }, j) => sum - weight(k, j) * mean, at(k, 0)));
  const numbers = groupNumbers(matrix).map(({ feature, first, width }): NumberWeights => ({
    feature,
    means: Float64Array.from({ length: width }, (_, j) => matrix.numberColumns[first + j]!.mean),
    weights: Float64Array.from({ length: width * outputs }, (_, p) => weight(p % outputs, first + Math.trunc(p / outputs))),
  }));
  const codes = matrix.codeColumns.map(({ feature, categories, size, offset }): CodeWeights => ({
    feature,
    categories,
    weights: Float64Array.from({ length: size * outputs }, (_, p) => at(p % outputs, offset + Math.trunc(p / outputs))),
  }));
  const sparse = matrix.sparseColumns.map(({ feature, length, places, offset }): SparseWeights => ({
    feature,
    length,
    places,
    weights: Float64Array.from({ length: places.length * outputs }, (_, p) => at(p % outputs, offset + Math.trunc(p / outputs))),
  }));
  return { classes, intercept, numbers, codes, sparse, facts, remarks: facts.warnings.map((sentence) => ({ about: "training", sentence })) };
}

/**
 * The inverse, for a state that may come from other data: weights are found by feature, category, place and class; what it does not know
 * starts at 0. Codes without a row in training stay at 0.
 */
export function fromState(state: LinearState, matrix: Matrix, classes: readonly string[] | null, outputs: number): Float64Array {
  const theta = new Float64Array(outputs * matrix.size);
  for (let k = 0; k < outputs; k++) {
    const source = outputs === 1 || classes === null || state.classes === null ? k : state.classes.indexOf(classes[k]!);
    if (source >= 0 && source < state.intercept.length) fillOutput(theta.subarray(k * matrix.size, (k + 1) * matrix.size), state, source, matrix);
  }
  return theta;
}

function fillOutput(theta: Float64Array, state: LinearState, source: number, matrix: Matrix): void {
  const outputs = state.intercept.length;
  theta[0] = state.intercept[source]!;
  for (const { feature, first, width } of groupNumbers(matrix)) {
    const found = state.numbers.find((numbers) => numbers.feature === feature && numbers.means.length === width);
    if (found === undefined) continue;
    for (let j = 0; j < width; j++) {
      const { mean, scale } = matrix.numberColumns[first + j]!;
      const weight = found.weights[j * outputs + source]!;
      theta[1 + first + j] = weight * scale;
      theta[0] += weight * mean;
    }
  }
  for (const column of matrix.codeColumns) {
    const found = state.codes.find(({ feature }) => feature === column.feature);
    if (found === undefined) continue;
    sourceRows(column.categories, found).forEach((row, code) => {
      if (row !== undefined && matrix.seen[column.offset + code]! > 0) theta[column.offset + code] = found.weights[row * outputs + source]!;
    });
  }
  for (const column of matrix.sparseColumns) {
    const found = state.sparse.find(({ feature, length }) => feature === column.feature && length === column.length);
    if (found !== undefined) fillPlaces(theta, found, source, outputs, column);
  }
}

function fillPlaces(theta: Float64Array, { places, weights }: SparseWeights, source: number, outputs: number, column: SparsePlaces): void {
  const rows = new Map(Array.from(places, (place, row) => [place, row]));
  column.places.forEach((place, j) => {
    const row = rows.get(place);
    if (row !== undefined) theta[column.offset + j] = weights[row * outputs + source]!;
  });
}

/** Which row of the earlier table each code takes its weight from; missing and unseen stand behind the categories. */
function sourceRows(categories: readonly string[], found: CodeWeights): readonly (number | undefined)[] {
  const rows = new Map(found.categories.map((category, index) => [category, index]));
  const { length } = found.categories;
  return [...categories.map((category) => rows.get(category)), length, length + 1];
}

/** The elements of one feature stand together. */
function groupNumbers({ numberColumns }: Columns): readonly { readonly feature: string; readonly first: number; readonly width: number }[] {
  const groups: { feature: string; first: number; width: number }[] = [];
  numberColumns.forEach(({ feature }, j) => {
    const last = groups.at(-1);
    if (last?.feature === feature) last.width++;
    else groups.push({ feature, first: j, width: 1 });
  });
  return groups;
}
