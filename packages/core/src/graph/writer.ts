import type { Field } from "../contracts/frame.js";
import type { Graph, Value } from "../contracts/graph.js";
import type { Signature } from "../contracts/model.js";
import { MillraceError } from "../errors/millrace-error.js";
import { assemble, reachable, type Port } from "./assemble.js";
import { borderType } from "./border.js";
import { code, stack } from "./columns.js";
import { createConstruction, type Construction } from "./construction.js";
import { encodeModel } from "./encode.js";
import { exitNames, exitOf } from "./exit.js";
import { addNode } from "./node.js";
import { refused } from "./refuse.js";
import { restack } from "./restack.js";
import { metadataOf, checkSignature } from "./signature.js";
import { splice } from "./splice.js";
import { describeType, fieldOf, widthOfDims } from "./tensor-type.js";

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
  const taken = { input: new Set<string>(), output: new Set<string>() };
  const used = () => {
    const kept = reachable(construction.ssa, outputs.map(({ id }) => id));
    return inputs.filter(({ id }) => kept.has(id)).map(({ field }) => field);
  };
  const graph: GraphWriter = {
    constant(tensor) {
      if (tensor.values.length !== widthOfDims(tensor.dims)) throw refused("constant", `${tensor.values.length} values are not ${describeType(tensor)}.`, "Give as many values as the dims hold.");
      const id = construction.ssa.constant(tensor);
      return { name: id, field: { name: "constant", dtype: tensor.dtype, nullable: false, shape: tensor.dims, categories: null } };
    },
    node: (op, from, to, attributes = {}) => addNode(construction, op, from, to, attributes),
    code: (text, categories) => code(graph, text, categories),
    stack: (values) => stack(graph, restack(construction, values)),
    splice: (model, from) => splice(construction, model, from),
    input(field) {
      take("input", field.name, taken.input);
      const type = borderType(field);
      const id = construction.ssa.input(field.name, type);
      inputs.push({ field, id });
      return { name: id, field: fieldOf(type, field) };
    },
    output(name, value, field) {
      take("output", name, taken.output);
      const exit = exitOf(construction, value, new Set(outputs.map(({ id }) => id)), { ...field, name });
      outputs.push({ field: exit.field, id: exit.name });
      return exit;
    },
    inputs: used,
    outputs: () => outputs.map(({ field }) => field),
    finish(signature) {
      checkSignature(signature, inputs.map(({ field }) => field), used(), outputs.map(({ field }) => field));
      const told = new Set(signature.inputs.map(({ name }) => name));
      const entries = inputs.filter(({ field }) => told.has(field.name)).map((declared) => portOf(construction, declared, declared.field.name));
      const names = exitNames(outputs.map(({ field }) => field.name), told);
      const exits = outputs.map((declared, index) => portOf(construction, declared, names[index]!));
      return encodeModel(assemble(construction.ssa, name, entries, exits, construction.opsets, metadataOf(signature)));
    },
  };
  return graph;
}

/** ONNX takes the name "" for "left out". */
function take(what: string, name: string, taken: Set<string>): void {
  if (name === "") throw new MillraceError({ code: "GRAPH_NAME_TAKEN", message: `An ${what} of the graph has no name.`, mend: `Name the ${what}.` });
  if (taken.has(name))
    throw new MillraceError({ code: "GRAPH_NAME_TAKEN", message: `The graph has an ${what} "${name}" already.`, mend: `Give each ${what} its own name.` });
  taken.add(name);
}

function portOf({ ssa }: Construction, { id }: Declared, name: string): Port {
  return { id, name, type: ssa.definition(id)!.type! };
}
