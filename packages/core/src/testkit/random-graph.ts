import type { Value } from "../contracts/graph.js";
import type { ModelBundle } from "../contracts/runtime.js";
import { field, widthOf } from "../frame/frame.js";
import { arithmetic, type Arithmetic } from "../graph/arithmetic.js";
import { cast } from "../graph/cast.js";
import { lookup, unstack } from "../graph/columns.js";
import { createGraph, type GraphWriter } from "../graph/writer.js";

const INPUTS = [field("city", "string"), field("port", "string"), field("x", "float32"), field("y", "float64"), field("k", "int32")];
const CATEGORIES = ["a", "b", "ü", "未"];

interface Growing {
  readonly graph: GraphWriter;
  readonly arithmetic: Arithmetic;
  readonly random: () => number;
  /** Float64 values so far. */
  readonly numbers: Value[];
  /** int64 codes of `CATEGORIES` so far. */
  readonly codes: Value[];
}

/**
 * A random model over two texts and three numbers, the same for the same generator: for tests that hold for every graph. Its operators are exact in
 * float64 but for one at most on the way to an output, so that runtimes give equal bits after the cast.
 */
export function randomGraph(random: () => number): ModelBundle {
  const graph = createGraph("random");
  const [city, port, ...numbers] = INPUTS.map((input) => graph.input(input)) as [Value, Value, ...Value[]];
  const growing: Growing = { graph, arithmetic: arithmetic(graph), random, numbers: numbers.map((value) => cast(graph, value, "float64")), codes: [graph.code(city, CATEGORIES), graph.code(port, CATEGORIES.slice(1)), graph.code(port, CATEGORIES)] };
  const steps = 4 + Math.floor(random() * 14);
  for (let step = 0; step < steps; step++) grow(growing);
  const outputs = 1 + Math.floor(random() * 3);
  for (let index = 0; index < outputs; index++) {
    const value = cast(graph, finish(growing, pick(growing, growing.numbers)), "float32");
    graph.output(`out${index}`, value, { ...value.field, name: `out${index}` });
  }
  // Under the name of an input; as a code; as text that passes through.
  const code = { ...cast(graph, pick(growing, growing.codes), "int32") };
  if (random() < 0.5) graph.output("city", code, { ...code.field, name: "city" });
  if (random() < 0.3) graph.output("text", port, { ...port.field, name: "text" });
  const signature = { name: "random", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: { city: { kind: "text", values: CATEGORIES, missing: 0 }, port: { kind: "text", values: CATEGORIES, missing: 0 } } } as const;
  return { onnx: graph.finish(signature), signature };
}

function pick<T>({ random }: Growing, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** One more value, of those that there are. */
function grow(growing: Growing): void {
  const { graph, arithmetic, random, numbers, codes } = growing;
  const { add, sub, mul, div, max, min, abs, floor, sqrt, less, where, isNaN, neg } = arithmetic;
  const one = () => pick(growing, numbers);
  const other = (like: Value) => pick(growing, numbers.filter((value) => widthOf(value.field) === 1 || widthOf(value.field) === widthOf(like.field)));
  const number = () => Math.round(random() * 100) / 8 - 3;
  const value = one();
  const second = random() < 0.3 ? number() : other(value);
  const kinds = [
    () => pick(growing, [add, sub, mul, div, max, min])(value, second),
    () => pick(growing, [abs, floor, sqrt, neg])(value),
    () => where(less(value, second), value, number()),
    () => where(isNaN(value), number(), value),
    () => lookup(graph, pick(growing, codes), Array.from({ length: CATEGORIES.length + 2 }, number)),
    () => lookup(graph, pick(growing, codes), Array.from({ length: 2 * (CATEGORIES.length + 2) }, number), 2),
    () => graph.stack([value, one()]),
    () => unstack(graph, value, Array.from({ length: widthOf(value.field) }, (_, index) => field(`part${index}`, "float64"))).at(-1)!,
    () => crossed(growing),
  ];
  numbers.push(pick(growing, kinds)());
}

/** Two codes as one, by a table. */
function crossed(growing: Growing): Value {
  const { graph, random } = growing;
  const size = CATEGORIES.length + 2;
  const int64 = (name: string) => field(name, "int64");
  const width = graph.constant({ dtype: "int64", dims: [1, 1], values: BigInt64Array.of(BigInt(size)) });
  const [rows] = graph.node("Mul", [pick(growing, growing.codes), width], [int64("rows")]);
  const [both] = graph.node("Add", [rows!, pick(growing, growing.codes)], [int64("both")]);
  return lookup(graph, both!, Array.from({ length: size * size }, () => Math.floor(random() * 9)));
}

/** Now and then through an operator that is not exact. */
function finish({ arithmetic, random }: Growing, value: Value): Value {
  const { exp, log, tanh, sigmoid } = arithmetic;
  return [exp, log, tanh, sigmoid][Math.floor(random() * 12)]?.(value) ?? value;
}
