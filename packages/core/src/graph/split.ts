import type { Tensor } from "../contracts/graph.js";
import { encodeModel } from "./encode.js";
import type { GraphModel, GraphNode, Port } from "./graph-model.js";
import { inferNode, inferTypes, isListed } from "./infer/model-types.js";
import { OPS } from "./ops.js";
import { readModel } from "./read.js";
import { isBatch, isWidthKnown, widthOfDims, type TensorDType, type TensorType } from "./tensor-type.js";

/** A table that a piece gives for each distinct text: `[D, width]`, to be gathered to rows by the column's codes. */
export interface PieceOutput {
  readonly name: string;
  readonly dtype: TensorDType;
  /** Null: as many numbers as the fullest row of a batch needs (a sparse vector). Such a table is an output of the whole, and no input of the rest. */
  readonly width: number | null;
}

/** What depends on one text column alone: run over the column's dictionary. */
export interface Piece {
  /** The text input, by its tensor's name. */
  readonly input: string;
  readonly model: Uint8Array;
  readonly outputs: readonly PieceOutput[];
}

/**
 * A model cut where text ends. The outputs of the pieces, gathered to rows, are inputs of `rest` by name, beside the inputs of the whole that
 * it still needs. An output of the whole that a piece gives is not among the outputs of `rest`; null: nothing is left to compute.
 */
export interface Split {
  readonly pieces: readonly Piece[];
  readonly rest: Uint8Array | null;
}

/**
 * The automatic split: a pure function of the file. A node is hoisted if its operator is row-wise and all its inputs are constants or depend on
 * one and the same text input; values that leave the hoisted nodes are where the graph is cut. An operator outside the list is not hoisted: slow,
 * never wrong. Null where nothing can be hoisted.
 */
export function split(model: Uint8Array): Split | null {
  const whole = readModel(model);
  const types = inferTypes(whole);
  const sources = withoutOpenEnds(whole, types, hoist(whole, types));
  const hoisted = (node: GraphNode) => node.outputs.some((name) => sources.has(name));
  const texts = whole.inputs.filter(({ name }) => sources.get(name) === name);
  const left = whole.nodes.filter((node) => !hoisted(node));
  const read = new Set([...left.flatMap(({ inputs }) => inputs), ...whole.outputs.map(({ name }) => name)]);
  const frontier = whole.nodes.filter(hoisted).flatMap(({ outputs }) => outputs).filter((name) => read.has(name));
  const pieces = texts.flatMap(({ name, type }) => {
    const outputs = frontier.filter((output) => sources.get(output) === name).map((output) => ({ name: output, type: types.get(output)! }));
    return outputs.length === 0 ? [] : [pieceOf(whole, { name, type }, outputs)];
  });
  return pieces.length === 0 ? null : { pieces, rest: restOf(whole, left, new Set(frontier), types) };
}

/** For each value of a hoisted node, and each text input, the text input that it depends on. */
function hoist(model: GraphModel, types: ReadonlyMap<string, TensorType>): ReadonlyMap<string, string> {
  const sources = new Map(model.inputs.filter(({ type }) => type.dtype === "string").map(({ name }) => [name, name]));
  for (const node of model.nodes) {
    if (!isListed(node) || !OPS[node.op].rowWise) continue;
    const inputs = node.inputs.filter((name) => name !== "" && !model.constants.has(name));
    const source = inputs.length === 0 ? undefined : sources.get(inputs[0]!);
    if (source === undefined || !inputs.every((name) => sources.get(name) === source)) continue;
    const results = inferNode(node, types, model.constants);
    // A width is no value of a row, but a whole number for what is sorted beside it.
    if (node.op === "Shape" || results?.every(({ dims }) => isBatch(dims))) node.outputs.forEach((name) => sources.set(name, source));
  }
  return sources;
}

/** A text of which a value of unknown width meets what is not hoisted stays where it is: tables have a width. */
function withoutOpenEnds(model: GraphModel, types: ReadonlyMap<string, TensorType>, sources: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const left = model.nodes.filter(({ outputs }) => !outputs.some((name) => sources.has(name)));
  const texts = left.flatMap(({ inputs }) => inputs).filter((name) => sources.has(name) && sources.get(name) !== name && !isTable(types.get(name)!)).map((name) => sources.get(name)!);
  return texts.length === 0 ? sources : new Map([...sources].filter(([name, source]) => name === source || !texts.includes(source)));
}

function isTable(type: TensorType): boolean {
  return isBatch(type.dims) && isWidthKnown(type);
}

function pieceOf(whole: GraphModel, input: Port, outputs: readonly Port[]): Piece {
  const model = cut(whole, whole.nodes, [input], outputs);
  return { input: input.name, model: encodeModel(model), outputs: outputs.map(({ name, type }) => ({ name, dtype: type.dtype, width: isWidthKnown(type) ? widthOfDims(type.dims) : null })) };
}

function restOf(whole: GraphModel, left: readonly GraphNode[], frontier: ReadonlySet<string>, types: ReadonlyMap<string, TensorType>): Uint8Array | null {
  const outputs = whole.outputs.filter(({ name }) => !frontier.has(name));
  if (outputs.length === 0) return null;
  const read = new Set(left.flatMap(({ inputs }) => inputs));
  const fed = [...frontier].map((name) => ({ name, type: types.get(name)! }));
  return encodeModel(cut(whole, left, [...whole.inputs, ...fed].filter(({ name }) => read.has(name)), outputs));
}

/** The part of a model that the outputs need from these inputs on. */
export function cut(whole: GraphModel, nodes: readonly GraphNode[], inputs: readonly Port[], outputs: readonly Port[]): GraphModel {
  const needed = new Set(outputs.map(({ name }) => name));
  const kept: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    kept.push(node);
    node.inputs.forEach((name) => needed.add(name));
  }
  const constants = new Map<string, Tensor>([...whole.constants].filter(([name]) => needed.has(name)));
  return { ...whole, inputs: inputs.filter(({ name }) => needed.has(name)), outputs, constants, nodes: kept.reverse(), metadata: new Map() };
}
