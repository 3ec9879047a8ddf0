import type { Field } from "../../contracts/frame.js";
import type { Value } from "../../contracts/graph.js";
import type { Signature } from "../../contracts/model.js";
import { lowerAfter, lowerTransform } from "../../graph/lower.js";
import { createGraph, type GraphWriter } from "../../graph/writer.js";
import { lowering } from "./lowering.js";
import type { PlacedTransform, Slot } from "./scope.js";

/** A transform that has learnt: one state for all, or one per part of cross-fitting beside the one of all parts. */
export interface FittedTransform {
  readonly placed: PlacedTransform;
  readonly state: unknown;
  readonly crossStates: readonly unknown[] | null;
}

export interface FeatureGraph {
  readonly onnx: Uint8Array;
  readonly signature: Signature;
  /** The fields of the slots asked for, as learnt, by slot id; a slot that a selection dropped is absent. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** The graph from raw columns to these slots, each output named by `nameOf`. `cross`: with the states of a part of cross-fitting. */
export function featureGraph(name: string, raw: readonly Field[], fitted: readonly FittedTransform[], slots: readonly Slot[], cross: number | null, nameOf: (slot: Slot) => string): FeatureGraph {
  const graph = createGraph(name);
  const needed = neededSlots(fitted.map(({ placed }) => placed), slots);
  const values = new Map<string, Value>(raw.filter((field) => needed.has(field.name)).map((field) => [field.name, graph.input(field)]));
  for (const transform of fitted) if (transform.placed.outputs.some(({ id }) => needed.has(id))) lower(graph, transform, cross, values);
  const outputs: Field[] = [];
  const fields = new Map<string, Field>();
  for (const slot of slots) {
    const value = values.get(slot.id);
    if (value === undefined) continue;
    const field = { ...value.field, name: nameOf(slot), nullable: slot.field.nullable };
    graph.output(field.name, value, field);
    outputs.push(field);
    fields.set(slot.id, { ...field, name: slot.field.name });
  }
  // A column that only a selection read is asked of nobody.
  const signature: Signature = { name, inputs: graph.inputs(), outputs, problem: null, seen: {} };
  return { onnx: graph.finish(signature), signature, fields };
}

function lower(graph: GraphWriter, { placed, state, crossStates }: FittedTransform, cross: number | null, values: Map<string, Value>): void {
  const inputs = new Map<string, Value>();
  for (const slot of placed.inputs) {
    const value = values.get(slot.id);
    if (value !== undefined) inputs.set(slot.field.name, value);
  }
  // All that it reads was dropped by a selection: nothing is left to compute.
  if (inputs.size === 0) return;
  const chosen = cross === null || crossStates === null ? state : crossStates[cross];
  // A changed target is what the trainer learns, and stays float64; features are cast down.
  const lowerOne = placed.transform.learnsFrom === "target-only" ? lowerAfter : lowerTransform;
  const results = lowering(placed.place, () => lowerOne(graph, placed.transform, chosen, placed.promised, inputs));
  placed.promised.forEach(({ name }, at) => {
    const value = results.get(name);
    if (value !== undefined) values.set(placed.outputs[at]!.id, value);
  });
}

/** The slots that lead to those asked for. */
export function neededSlots(placed: readonly PlacedTransform[], slots: readonly Slot[]): ReadonlySet<string> {
  const needed = new Set(slots.map(({ id }) => id));
  for (const { inputs, outputs } of placed.toReversed()) if (outputs.some(({ id }) => needed.has(id))) for (const { id } of inputs) needed.add(id);
  return needed;
}
