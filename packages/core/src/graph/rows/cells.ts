import type { Tensor } from "../../contracts/graph.js";
import type { TensorDType } from "../tensor-type.js";

/** Where a value of a row lies: so many cells from `at` on, among the numbers or among the texts. */
export interface Place {
  readonly dtype: TensorDType;
  readonly at: number;
  readonly width: number;
}

/** The values of one row. Numbers of every dtype are held as float64: truths as 0 and 1, whole numbers up to 2^53. */
export interface Cells {
  numbers: Float64Array;
  texts: string[];
  /** Set where a number is not held exactly, or where the graph does what only a runtime can tell (an index outside its table, NaN as a whole number). */
  hasGivenUp: boolean;
}

/** Cells under construction: values get their places one by one. */
export interface Layout {
  readonly cells: Cells;
  /** Cells for a value of a row. */
  take(dtype: TensorDType, width: number): Place;
  /** Cells that hold a constant. */
  keep(tensor: Tensor): Place;
  /** Gives the cells their room, the constants in it. */
  finish(): void;
}

export function createLayout(): Layout {
  const cells: Cells = { numbers: new Float64Array(0), texts: [], hasGivenUp: false };
  const constants: { readonly place: Place; readonly tensor: Tensor }[] = [];
  let numbers = 0;
  let texts = 0;
  function take(dtype: TensorDType, width: number): Place {
    const at = dtype === "string" ? texts : numbers;
    if (dtype === "string") texts += width;
    else numbers += width;
    return { dtype, at, width };
  }
  return {
    cells,
    take,
    keep(tensor) {
      const place = take(tensor.dtype, tensor.values.length);
      constants.push({ place, tensor });
      return place;
    },
    finish() {
      cells.numbers = new Float64Array(numbers);
      cells.texts = Array.from({ length: texts }, () => "");
      for (const { place, tensor } of constants) load(cells, place, tensor, 0);
      if (cells.hasGivenUp) throw new RangeError("A constant is held by no cell.");
    },
  };
}

/** Puts a row of a tensor into its cells. */
export function load(cells: Cells, { dtype, at, width }: Place, { values }: Tensor, row: number): void {
  const from = row * width;
  if (dtype === "string") for (let i = 0; i < width; i++) cells.texts[at + i] = values[from + i] as string;
  else if (dtype === "int64") for (let i = 0; i < width; i++) cells.numbers[at + i] = held(cells, Number(values[from + i]));
  else for (let i = 0; i < width; i++) cells.numbers[at + i] = values[from + i] as number;
}

/** Puts the cells of a value into a row of a tensor of its dtype. */
export function store({ numbers, texts }: Cells, { dtype, at, width }: Place, { values }: Tensor, row: number): void {
  const to = row * width;
  if (dtype === "string") for (let i = 0; i < width; i++) (values as string[])[to + i] = texts[at + i]!;
  else if (dtype === "int64") for (let i = 0; i < width; i++) (values as BigInt64Array)[to + i] = BigInt(numbers[at + i]!);
  else for (let i = 0; i < width; i++) (values as Float64Array)[to + i] = numbers[at + i]!;
}

/** A tensor of so many rows for the values of a place. */
export function tensorFor({ dtype, width }: Place, rows: number): Tensor {
  const dims = [rows, width];
  const length = rows * width;
  switch (dtype) {
    case "string":
      return { dtype, dims, values: Array.from({ length }, () => "") };
    case "float64":
      return { dtype, dims, values: new Float64Array(length) };
    case "float32":
      return { dtype, dims, values: new Float32Array(length) };
    case "int64":
      return { dtype, dims, values: new BigInt64Array(length) };
    case "int32":
      return { dtype, dims, values: new Int32Array(length) };
    case "bool":
      return { dtype, dims, values: new Uint8Array(length) };
  }
}

/** A whole number as a cell holds it: without the sign of zero, and up to 2^53. */
export function held(cells: Cells, whole: number): number {
  if (!(Math.abs(whole) <= Number.MAX_SAFE_INTEGER)) cells.hasGivenUp = true;
  return whole + 0;
}
