import type { Field } from "../contracts/frame.js";
import type { Graph, Value } from "../contracts/graph.js";
import type { Signature } from "../contracts/model.js";
import { MillraceError } from "../errors/millrace-error.js";
import { assemble, reachable, type Port } from "./assemble.js";
import { borderType } from "./border.js";
import { code, stack } from "./columns.js";
import { createConstruction, type Construction } from "./construction.js";
import { encodeModel } from "./encode.js";
import { addNode } from "./node.js";
import { restack } from "./restack.js";
import { metadataOf, checkSignature } from "./signature.js";
import { splice } from "./splice.js";
import { describeType, fieldOf, isBatch } from "./tensor-type.js";

/** Builds one ONNX file. */
export interface GraphWriter extends Graph {
  /** A raw column at the border: a tensor by `borderType`, under the column's name. Throws GRAPH_BORDER, GRAPH_NAME_TAKEN. */
  input(field: Field): Value;
  /** Makes a value leave the graph as `name`, in the order of these calls; its tensor is called `<name>.out` where an input has that name. */
  output(name: string, value: Value, field: Field): Value;
  /** The fields of the inputs that the outputs depend on, in the order of `input`. */
  inputs(): readonly Field[];
  /** The fields of the outputs, in order. */
  outputs(): readonly Field[];
  /**
   * The bytes of the file; what no output needs is dropped. The signature's inputs may leave out columns that no output needs.
   * Throws GRAPH_SIGNATURE where it tells of other inputs or outputs.
   */
  finish(signature: Signature): Uint8Array;
}

/** An input or output that was declared. */
interface Declared {
  readonly field: Field;
  readonly id: string;
}

export function createGraph(name: string): GraphWriter {
  const construction = createConstruction();
  const inputs: Declared[] = [];
  const outputs: Declared[] = [];
  const used = () => {
    const kept = reachable(construction.ssa, outputs.map(({ id }) => id));
    return inputs.filter(({ id }) => kept.has(id)).map(({ field }) => field);
  };
  const graph: GraphWriter = {
    constant(tensor) {
      const id = construction.ssa.constant(tensor);
      return { name: id, field: { name: "constant", dtype: tensor.dtype, nullable: false, shape: tensor.dims, categories: null } };
    },
    node: (op, from, to, attributes = {}) => addNode(construction, op, from, to, attributes),
    code: (text, categories) => code(graph, text, categories),
    stack: (values) => stack(graph, restack(construction, values)),
    splice: (model, from) => splice(construction, model, from),
    input(field) {
      free("input", field.name, inputs);
      const type = borderType(field);
      const id = construction.ssa.input(field.name, type);
      inputs.push({ field, id });
      return { name: id, field: fieldOf(type, field) };
    },
    output(name, value, field) {
      free("output", name, outputs);
      const exit = exitOf(construction, value, outputs, name);
      outputs.push({ field: { ...field, name }, id: exit.name });
      return exit;
    },
    inputs: used,
    outputs: () => outputs.map(({ field }) => field),
    finish(signature) {
      checkSignature(signature, inputs.map(({ field }) => field), used(), outputs.map(({ field }) => field));
      const told = new Set(signature.inputs.map(({ name }) => name));
      const entries = inputs.filter(({ field }) => told.has(field.name)).map((declared) => portOf(construction, declared, declared.field.name));
      const exits = outputs.map((declared) => portOf(construction, declared, exitName(declared.field.name, told)));
      return encodeModel(assemble(construction.ssa, name, entries, exits, construction.opsets, metadataOf(signature)));
    },
  };
  return graph;
}

function free(what: string, name: string, declared: readonly Declared[]): void {
  if (declared.some(({ field }) => field.name === name))
    throw new MillraceError({ code: "GRAPH_NAME_TAKEN", message: `The graph has an ${what} "${name}" already.`, mend: `Give each ${what} its own name.` });
}

function portOf({ ssa }: Construction, { id }: Declared, name: string): Port {
  return { id, name, type: ssa.definition(id)!.type! };
}

/** The name of an output's tensor: an ONNX graph may not give an input and an output one name. */
function exitName(name: string, inputs: ReadonlySet<string>): string {
  let free = inputs.has(name) ? `${name}.out` : name;
  while (inputs.has(free)) free += "_";
  return free;
}

/** The value, or an Identity of it where it is an input or leaves already: each output is made by a node of its own. */
function exitOf(construction: Construction, value: Value, outputs: readonly Declared[], name: string): Value {
  const { type, producer } = construction.define(value);
  if (type === null || !isBatch(type.dims))
    throw new MillraceError({
      code: "GRAPH_OUTPUT",
      message: `Output "${name}" has no value per row: it is ${type === null ? "of unknown type" : describeType(type)}.`,
      mend: "Spread a constant over the rows with fill(graph, like, number).",
    });
  if (producer !== null && !outputs.some(({ id }) => id === value.name)) return value;
  return exitOf(construction, addNode(construction, "Identity", [value], [{ ...value.field, name }], {})[0]!, outputs, name);
}
