import type { Tensor } from "../../contracts/graph.js";
import { MillraceError } from "../../errors/millrace-error.js";
import type { GraphModel } from "../graph-model.js";
import { isListed } from "../infer/model-types.js";
import { OPERATORS } from "./operators.js";

/** Runs a model: the outputs by name, in order. */
export type Interpreter = (feeds: ReadonlyMap<string, Tensor>) => ReadonlyMap<string, Tensor>;

/**
 * A model made ready to run, in plain TypeScript: the oracle that the other runtimes are compared with. It computes in float64 where the graph
 * says float64, and rounds once to float32 where it says float32. Throws GRAPH_UNSUPPORTED for an operator outside the list; running throws
 * RUNTIME_FAILED where the graph does what no runtime defines.
 */
export function interpreter(model: GraphModel): Interpreter {
  const steps = model.nodes.map((node) => {
    if (!isListed(node))
      throw new MillraceError({
        code: "GRAPH_UNSUPPORTED",
        message: `The reference runtime has no operator ${node.domain === "" ? "" : `${node.domain}.`}${node.op}.`,
        mend: "Run such a model with the onnxruntime plugin.",
        facts: { op: node.op },
      });
    return { node, kernel: OPERATORS[node.op](node.attributes, node.outputs.length) };
  });
  return (feeds) => {
    const values = new Map<string, Tensor>([...model.constants, ...feeds]);
    for (const { node, kernel } of steps) kernel(node.inputs.map((name) => (name === "" ? null : values.get(name)!))).forEach((tensor, index) => values.set(node.outputs[index]!, tensor));
    return new Map(model.outputs.map(({ name }) => [name, values.get(name)!]));
  };
}
