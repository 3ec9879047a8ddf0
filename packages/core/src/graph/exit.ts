import type { Field } from "../contracts/frame.js";
import type { Value } from "../contracts/graph.js";
import { MillraceError } from "../errors/millrace-error.js";
import type { Construction } from "./construction.js";
import { addNode } from "./node.js";
import { describeType, isBatch, isSparseType, isWidthKnown, shapeOf, widthOfDims, type TensorType } from "./tensor-type.js";

/**
 * The value as it leaves, described by its field: itself, or an Identity of it where it is an input or leaves already, because each
 * output is made by a node of its own. Throws GRAPH_OUTPUT where it is not one value per row, or not what the field says.
 */
export function exitOf(construction: Construction, value: Value, taken: ReadonlySet<string>, field: Field): Value {
  const { type, producer } = construction.define(value);
  if (type === null || !isBatch(type.dims) || (!isWidthKnown(type) && field.dtype !== "sparse"))
    throw new MillraceError({
      code: "GRAPH_OUTPUT",
      message: `Output "${field.name}" has no fixed number of values per row: it is ${type === null ? "of unknown type" : describeType(type)}.`,
      mend: "Spread a constant over the rows with fill(graph, like, number).",
      facts: { output: field.name },
    });
  const shape = agreedShape(type, field);
  if (producer !== null && !taken.has(value.name)) return { name: value.name, field: { ...field, shape } };
  return exitOf(construction, addNode(construction, "Identity", [value], [value.field], {})[0]!, taken, field);
}

function agreedShape(type: TensorType, { name, dtype, shape }: Field): readonly number[] {
  if (dtype === "sparse" && shape !== null && type.dtype === "float32" && isSparseType(type)) return shape;
  const found = shapeOf(type);
  // Numbers that no tensor of the border has leave as float64: see border-tensor.ts.
  const isHeld = type.dtype === dtype || (type.dtype === "float64" && ["int32", "int64", "bool", "timestamp"].includes(dtype));
  if (isHeld && (shape === null || widthOfDims(shape) === widthOfDims(found))) return shape ?? found;
  throw new MillraceError({
    code: "GRAPH_OUTPUT",
    message: `Output "${name}" is ${describeType(type)}, and its field says ${dtype}${shape === null ? "" : ` [${shape.join(", ")}]`}.`,
    mend: "Describe the output by its value's own field, or cast the value.",
    facts: { output: name },
  });
}

/** The names of the outputs' tensors: `<name>.out` where an input has the name, as an ONNX graph may not give two values one name. */
export function exitNames(names: readonly string[], inputs: ReadonlySet<string>): readonly string[] {
  const taken = new Set([...inputs, ...names]);
  return names.map((name) => {
    if (!inputs.has(name)) return name;
    let free = `${name}.out`;
    while (taken.has(free)) free += "_";
    taken.add(free);
    return free;
  });
}
