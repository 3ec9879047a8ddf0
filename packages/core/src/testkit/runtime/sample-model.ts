import type { Field } from "../../contracts/frame.js";
import type { Graph, Value } from "../../contracts/graph.js";
import type { ModelBundle } from "../../contracts/runtime.js";
import { field } from "../../frame/frame.js";
import { arithmetic } from "../../graph/arithmetic.js";
import { cast } from "../../graph/cast.js";
import { lookup } from "../../graph/columns.js";
import { predictionOutputs } from "../../graph/outputs.js";
import { createGraph } from "../../graph/writer.js";

const PORTS = ["JFK", "LAX", "SFO", "Zürich 未"];
const INPUTS = [
  field("distance", "float32"),
  field("price", "float64"),
  field("seats", "int32"),
  field("ticket", "int64"),
  field("isLate", "bool"),
  field("at", "timestamp"),
  field("origin", "string"),
  field("destination", "string"),
  field("track", "float32", { shape: [3] }),
] as const;

/**
 * A model with every dtype of the border and every way in which an output can come about: from numbers, from one text, from two,
 * as text, as a code, as a vector, and under the name of an input.
 */
export function sampleModel(): ModelBundle {
  const graph = createGraph("sample");
  const [distance, price, seats, ticket, isLate, at, origin, destination, track] = INPUTS.map((input) => graph.input(input)) as unknown as readonly [Value, Value, Value, Value, Value, Value, Value, Value, Value];
  const { add, sub, mul, div, floor, where, isNaN, sigmoid, row } = arithmetic(graph);
  const filled = (value: Value, missing: number) => where(isNaN(value), missing, value);
  const numbers = graph.stack([cast(graph, distance, "float64"), price, seats, isLate]);
  const scaled = div(sub(where(isNaN(numbers), row([500, 20, 3, 0.5]), numbers), row([500, 20, 3, 0.5])), row([250, 7, 2, 1]));
  const milliseconds = filled(at, 0);
  const hour = floor(div(sub(milliseconds, mul(floor(div(milliseconds, 86_400_000)), 86_400_000)), 3_600_000));
  const from = lookup(graph, graph.code(origin, PORTS), [0.1, 0.7, -0.3, 0.9, 0.2, 0]);
  const to = lookup(graph, graph.code(destination, PORTS), [1.5, -2, 0.25, 0, 0.5, 1 / 3]);
  const weights = graph.constant({ dtype: "float64", dims: [4, 1], values: Float64Array.of(0.1, -0.2, 0.3, 1 / 7) });
  const [sum] = graph.node("MatMul", [scaled, weights], [field("sum", "float64")]);
  const put = (name: string, value: Value, shape: Field["shape"] = []) => graph.output(name, cast(graph, value, "float32"), field(name, "float32", { shape }));
  put("distance", add(filled(cast(graph, distance, "float64"), -1), 0.1));
  put("scaled", scaled, [4]);
  put("hour", hour);
  put("lastDigits", sub(filled(ticket, 0), mul(floor(div(filled(ticket, 0), 1000)), 1000)));
  put("track", mul(cast(graph, track, "float64"), 3), [3]);
  put("from", from);
  graph.output("port", cast(graph, graph.code(destination, PORTS), "int32"), field("port", "int32", { nullable: false, categories: PORTS }));
  graph.output("city", cityOf(graph, origin), field("city", "string"));
  const problem = { kind: "binary", classes: ["late", "on time"], positive: "late" } as const;
  for (const [name, value] of predictionOutputs(graph, problem, sigmoid(add(sum!, mul(from, to))))) graph.output(name, value, { ...value.field, name });
  const signature = { name: "sample", inputs: graph.inputs(), outputs: graph.outputs(), problem, seen };
  return { onnx: graph.finish(signature), signature };
}

/** A table of texts by a code of text: an output that a text alone decides. */
function cityOf(graph: Graph, origin: Value): Value {
  const cities = graph.constant({ dtype: "string", dims: [PORTS.length + 2], values: ["New York", "Los Angeles", "San Francisco", "Zürich", "", "elsewhere"] });
  return graph.node("Gather", [cities, graph.code(origin, PORTS)], [field("city", "string")], { axis: 0n })[0]!;
}

const seen = {
  distance: { kind: "number", minimum: 24, maximum: 2586, missing: 5 },
  price: { kind: "number", minimum: 5, maximum: 40, missing: 0 },
  seats: { kind: "number", minimum: 1, maximum: 9, missing: 2 },
  ticket: { kind: "number", minimum: 0, maximum: 1e12, missing: 0 },
  isLate: { kind: "number", minimum: 0, maximum: 1, missing: 1 },
  at: { kind: "number", minimum: 978_307_200_000, maximum: 993_945_600_000, missing: 0 },
  origin: { kind: "text", values: PORTS, missing: 3 },
  destination: { kind: "text", values: PORTS, missing: 0 },
  track: { kind: "number", minimum: -1, maximum: 1, missing: 0 },
} as const;
