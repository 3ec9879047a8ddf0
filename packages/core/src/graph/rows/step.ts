import type { Tensor } from "../../contracts/graph.js";
import type { GraphNode } from "../graph-model.js";
import { isBatch, isWidthKnown, widthOfDims, type TensorType } from "../tensor-type.js";
import type { Cells, Place } from "./cells.js";

/** What a node does to the cells of a row. */
export type Step = () => void;

/** What is known of the values of a graph. */
export interface Facts {
  readonly types: ReadonlyMap<string, TensorType>;
  readonly constants: ReadonlyMap<string, Tensor>;
}

/** Where the values of a graph lie. */
export interface Room {
  readonly cells: Cells;
  /** The place of a value; that of a constant is made when it is first asked for. */
  place(name: string): Place;
}

/** Makes the step of a node when all values have their places. */
export type Plan = (room: Room) => Step;

/** How a node is done row by row; null: it is left to the runtime. */
export type PlanNode = (node: GraphNode, facts: Facts) => Plan | null;

/** The type of a value that has so many numbers or texts in every row; null: it is none. */
export function rowType({ types }: Facts, name: string): TensorType | null {
  const type = types.get(name);
  return type !== undefined && isBatch(type.dims) && isWidthKnown(type) ? type : null;
}

/** The width of a value `[N, width]`; null: it is none. */
export function columnsOf(facts: Facts, name: string): number | null {
  const type = rowType(facts, name);
  return type !== null && type.dims.length === 2 ? type.dims[1]! : null;
}

/** Copies cells of one place to another, of the same kind. */
export function copy({ cells }: Room, from: Place, fromOffset: number, to: Place, toOffset: number, count: number): Step {
  const source = from.at + fromOffset;
  const target = to.at + toOffset;
  if (from.dtype === "string")
    return () => {
      for (let i = 0; i < count; i++) cells.texts[target + i] = cells.texts[source + i]!;
    };
  return () => {
    const { numbers } = cells;
    for (let i = 0; i < count; i++) numbers[target + i] = numbers[source + i]!;
  };
}

export function all(steps: readonly Step[]): Step {
  if (steps.length === 1) return steps[0]!;
  return () => {
    for (const step of steps) step();
  };
}

/** Whether an operand meets a result of this type value by value: it has the result's dims, or one value for all. */
export function meets({ types, constants }: Facts, name: string, result: TensorType): boolean {
  const type = types.get(name);
  if (type === undefined || !isWidthKnown(type)) return false;
  const width = widthOfDims(type.dims);
  if (width === 1) return type.dims.length <= result.dims.length;
  if (width !== widthOfDims(result.dims)) return false;
  if (!constants.has(name)) return type.dims.length === result.dims.length && type.dims.every((size, axis) => size === result.dims[axis]);
  return result.dims.length === 2 && (type.dims.length === 1 || (type.dims.length === 2 && type.dims[0] === 1));
}
