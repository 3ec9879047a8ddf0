import { field } from "../../frame/frame.js";
import { lowerAfter } from "../../graph/lower.js";
import { createGraph } from "../../graph/writer.js";
import type { FittedTransform } from "../features/feature-graph.js";
import { lowering } from "../features/lowering.js";

const PREDICTION = field("prediction", "float64");

/** ONNX: from `prediction` as it was learnt to `prediction` in the target's own unit, both float64. `fitted`: the target's transforms in the order in which they changed it. */
export function targetInverse(name: string, fitted: readonly FittedTransform[]): Uint8Array {
  const graph = createGraph(name);
  let value = graph.input(PREDICTION);
  for (const { placed: { place, transform }, state } of fitted.toReversed()) value = lowering(place, () => lowerAfter(graph, transform, state, transform.fields([PREDICTION]), new Map([[PREDICTION.name, value]]))).get(PREDICTION.name)!;
  graph.output(PREDICTION.name, value, { ...value.field, name: PREDICTION.name });
  return graph.finish({ name, inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} });
}
