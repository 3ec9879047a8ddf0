import type { Seen } from "../contracts/model.js";
import type { ModelBundle } from "../contracts/runtime.js";
import { field } from "../frame/frame.js";
import { arithmetic } from "../graph/arithmetic.js";
import { cast } from "../graph/cast.js";
import { lookup } from "../graph/columns.js";
import { predictionOutputs } from "../graph/outputs.js";
import { createGraph } from "../graph/writer.js";

/** A model that takes a column of every type, and answers with numbers, a vector, a text. `version` shifts its answers. */
export function typesModel(version = 1): ModelBundle {
  const graph = createGraph("types");
  const inputs = [field("city", "string"), field("price", "float64"), field("weight", "float32"), field("items", "int32"), field("ticket", "int64"), field("member", "bool"), field("at", "timestamp")];
  const [city, price, weight, items, ticket, member, at] = inputs.map((input) => graph.input(input));
  const { add, mul, div, where, isNaN, sigmoid } = arithmetic(graph);
  const known = [price!, cast(graph, weight!, "float64"), items!, div(ticket!, 1e6), member!, div(at!, 1e12)].map((value) => where(isNaN(value), 0.5, value));
  const sum = known.reduce((left, right) => add(left, mul(right, 0.25)));
  const value = sigmoid(mul(add(add(sum, lookup(graph, graph.code(city!, CITIES), [0.1, 0.2, 0.3, -0.5, -1])), version), 0.01));
  for (const [name, output] of predictionOutputs(graph, { kind: "binary", classes: ["no", "yes"], positive: "yes" }, value)) graph.output(name, output, output.field);
  const seen: Record<string, Seen> = {
    city: { kind: "text", values: CITIES, missing: 1 },
    price: { kind: "number", minimum: 0, maximum: 100, missing: 1 },
    weight: { kind: "number", minimum: 0, maximum: 10, missing: 1 },
    items: { kind: "number", minimum: 1, maximum: 9, missing: 1 },
    ticket: { kind: "number", minimum: 0, maximum: 2 ** 52, missing: 1 },
    member: { kind: "number", minimum: 0, maximum: 1, missing: 1 },
    at: { kind: "number", minimum: Date.UTC(2020, 0, 1), maximum: Date.UTC(2024, 0, 1), missing: 1 },
  };
  const signature = { name: "types", inputs, outputs: graph.outputs(), problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, seen } as const;
  return { onnx: graph.finish(signature), signature };
}

const CITIES = ["Oslo", "Rome", "東京"];
