import type { ModelBundle } from "../contracts/runtime.js";
import { field } from "../frame/frame.js";
import { cast } from "../graph/cast.js";
import { lookup } from "../graph/columns.js";
import { createGraph } from "../graph/writer.js";

/** A model whose run fails on a row with `x` outside 0 to 3: a place in a table that is not there. */
export function fragileModel(): ModelBundle {
  const graph = createGraph("fragile");
  const x = graph.input(field("x", "float64", { nullable: false }));
  const value = cast(graph, lookup(graph, cast(graph, x, "int64"), [10, 11, 12, 13]), "float32");
  graph.output("prediction", value, field("prediction", "float32"));
  const signature = { name: "fragile", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: { x: { kind: "number", minimum: 0, maximum: 3, missing: 0 } } } as const;
  return { onnx: graph.finish(signature), signature };
}
