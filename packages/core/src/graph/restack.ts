import type { Value } from "../contracts/graph.js";
import { intOf, type Attributes } from "./attributes.js";
import type { Construction } from "./construction.js";
import type { GraphNode } from "./graph-model.js";
import { addNode } from "./node.js";
import { DTYPE_OF } from "./onnx-dtype.js";
import { fieldOf } from "./tensor-type.js";

/** Where a value comes from, below casts: a part of a Split, and the casts above it, outermost first. */
interface Origin {
  readonly split: GraphNode;
  readonly part: number;
  readonly casts: readonly Attributes[];
}

/**
 * The values to stack, but all parts of one stacked value, cast alike, are that stacked value again, cast as a whole. A transform of many
 * columns takes its result apart, the core casts each column down and up, and a model stacks them anew: two nodes instead of twelve for five.
 */
export function restack(construction: Construction, values: readonly Value[]): readonly Value[] {
  const stacked: Value[] = [];
  for (let at = 0; at < values.length; ) {
    const whole = wholeFrom(construction, values, at);
    stacked.push(whole?.value ?? values[at]!);
    at += whole?.parts ?? 1;
  }
  return stacked;
}

function wholeFrom(construction: Construction, values: readonly Value[], at: number): { readonly value: Value; readonly parts: number } | null {
  const origin = originOf(construction, values[at]!);
  if (origin === null || origin.part !== 0) return null;
  const { split, casts } = origin;
  const parts = split.outputs.length;
  for (let part = 1; part < parts; part++) {
    const other = at + part < values.length ? originOf(construction, values[at + part]!) : null;
    if (other?.split !== split || other.part !== part || !sameCasts(casts, other.casts)) return null;
  }
  const name = split.inputs[0]!;
  const type = construction.ssa.definition(name)?.type;
  if (!type) return null;
  const source: Value = { name, field: fieldOf(type, { ...values[at]!.field, name: "stack" }) };
  return { parts, value: casts.toReversed().reduce((value, attributes) => castLike(construction, value, attributes), source) };
}

function originOf(construction: Construction, value: Value): Origin | null {
  const casts: Attributes[] = [];
  for (let id = value.name; ; ) {
    const producer = construction.ssa.definition(id)?.producer;
    if (producer?.op === "Split" && intOf(producer.attributes, "axis", 0) === 1) return { split: producer, part: producer.outputs.indexOf(id), casts };
    if (producer?.op !== "Cast") return null;
    casts.push(producer.attributes);
    id = producer.inputs[0]!;
  }
}

function sameCasts(left: readonly Attributes[], right: readonly Attributes[]): boolean {
  return left.length === right.length && left.every((attributes, index) => attributes["to"] === right[index]!["to"]);
}

function castLike(construction: Construction, value: Value, attributes: Attributes): Value {
  const dtype = DTYPE_OF.get(intOf(attributes, "to", 0))!;
  return addNode(construction, "Cast", [value], [{ ...value.field, dtype }], attributes)[0]!;
}
