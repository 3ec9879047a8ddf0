import type { JudgedRows } from "./judged-rows.js";

/** Cells along an axis at most. */
export const GRID_CELLS = 32;

/** Weights of rows in the cells of a grid over prediction (x) and residual (y). */
export interface ResidualGrid {
  readonly x: Axis;
  readonly y: Axis;
  /** By `<cell of x>,<cell of y>`. */
  cells: Map<string, number>;
}

/** Cell i of an axis is [i · 2^exponent, (i + 1) · 2^exponent). */
interface Axis {
  minimum: number;
  maximum: number;
  exponent: number;
}

export function startGrid(): ResidualGrid {
  const empty = (): Axis => ({ minimum: Infinity, maximum: -Infinity, exponent: -1_074 });
  return { x: empty(), y: empty(), cells: new Map() };
}

/** Every row has a finite prediction and target. Rows of weight 0 are left out. */
export function addToGrid(grid: ResidualGrid, { target, prediction, weight, length }: JudgedRows): void {
  const own = startGrid();
  const residual = (row: number) => prediction[row]! - target[row]!;
  const counts = (row: number) => weight === null || weight[row]! > 0;
  for (let row = 0; row < length; row++) {
    if (!counts(row)) continue;
    widen(own.x, prediction[row]!, prediction[row]!);
    widen(own.y, residual(row), residual(row));
  }
  if (own.x.minimum > own.x.maximum) return;
  settle(own);
  const sums = new Float64Array(GRID_CELLS * GRID_CELLS);
  const [x0, y0] = [cellOf(own.x, own.x.minimum), cellOf(own.y, own.y.minimum)];
  for (let row = 0; row < length; row++) if (counts(row)) sums[(cellOf(own.x, prediction[row]!) - x0) * GRID_CELLS + cellOf(own.y, residual(row)) - y0]! += weight === null ? 1 : weight[row]!;
  sums.forEach((sum, at) => sum > 0 && own.cells.set(`${x0 + Math.floor(at / GRID_CELLS)},${y0 + (at % GRID_CELLS)}`, sum));
  mergeGrids(grid, own);
}

/** Into `left`. The grid depends on the range of all rows only, so that any partition of them gives the same one. */
export function mergeGrids(left: ResidualGrid, right: ResidualGrid): void {
  const [x, y] = [left.x.exponent, left.y.exponent];
  widen(left.x, right.x.minimum, right.x.maximum);
  widen(left.y, right.y.minimum, right.y.maximum);
  settle(left);
  const cells = new Map<string, number>();
  coarsen(cells, left.cells, left.x.exponent - x, left.y.exponent - y);
  coarsen(cells, right.cells, left.x.exponent - right.x.exponent, left.y.exponent - right.y.exponent);
  left.cells = cells;
}

/** Where each cell begins, and its weight, in the order of x and y. */
export function cellsOf({ x, y, cells }: ResidualGrid): readonly (readonly [number, number, number])[] {
  const placed = [...cells].map(([key, weight]) => [...key.split(",").map(Number), weight] as unknown as readonly [number, number, number]);
  return placed.sort((left, right) => left[0] - right[0] || left[1] - right[1]).map(([i, j, weight]) => [i * 2 ** x.exponent, j * 2 ** y.exponent, weight]);
}

function widen(axis: Axis, minimum: number, maximum: number): void {
  axis.minimum = Math.min(axis.minimum, minimum);
  axis.maximum = Math.max(axis.maximum, maximum);
}

/** The finest cells of which the ranges have no more than GRID_CELLS; no finer than 2^-40 of the numbers, so that an index is a whole number. */
function settle({ x, y }: ResidualGrid): void {
  for (const axis of [x, y]) {
    if (axis.minimum > axis.maximum) continue;
    const greatest = Math.max(Math.abs(axis.minimum), Math.abs(axis.maximum));
    axis.exponent = Math.max(-1_022, greatest === 0 ? -40 : Math.floor(Math.log2(greatest)) - 40);
    while (cellOf(axis, axis.maximum) - cellOf(axis, axis.minimum) >= GRID_CELLS) axis.exponent++;
  }
}

function cellOf({ exponent }: Axis, value: number): number {
  return wholeOf(value, exponent);
}

/** The greatest whole number that is not above value / 2^exponent; also where that is so close below 0 that it underflows. */
function wholeOf(value: number, exponent: number): number {
  const whole = Math.floor(value / 2 ** exponent);
  return whole === 0 && value < 0 ? -1 : whole;
}

function coarsen(into: Map<string, number>, cells: ReadonlyMap<string, number>, byX: number, byY: number): void {
  for (const [key, weight] of cells) {
    const [i, j] = key.split(",").map(Number) as [number, number];
    const coarse = `${wholeOf(i, byX)},${wholeOf(j, byY)}`;
    into.set(coarse, (into.get(coarse) ?? 0) + weight);
  }
}
