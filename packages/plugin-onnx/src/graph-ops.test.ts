import { arithmetic, createGraph, field, OPS, readModel, rowProgram, type Field, type Graph, type Op, type Tensor, type Value } from "@millrace/core";
import { interpreter } from "@millrace/core/testkit";
import * as native from "onnxruntime-node";
import * as web from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { openSession, type Library } from "./session.js";

native.env.logLevel = "error";
web.env.logLevel = "error";
web.env.wasm.numThreads = 1;

type DType = "float64" | "float32" | "string";

const SPECIAL = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, 5e-324, 1e-310, 2.2250738585072014e-308, 1e300, -1e300, 1e-40, 3.4e38, 709.9, -745.2, 36.7, -36.7, 1e-17];

/** Numbers of all magnitudes and signs, with every special value, by a fixed generator. */
function numbers(count: number, seed: number): Float64Array {
  let state = seed;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return Float64Array.from({ length: count }, (_, i) => (i < SPECIAL.length ? SPECIAL[(i + seed) % SPECIAL.length]! : (next() - 0.5) * 10 ** (next() * 12 - 6)));
}

const ROWS = 101;

function feed(name: string, dtype: DType, width: number, seed: number): [string, Tensor] {
  const dims = [ROWS, width];
  const values = numbers(ROWS * width, seed);
  if (dtype === "string") return [name, { dtype, dims, values: Array.from(values, (value) => ["", "a", "ä", "b", "𝔸", "zz"][Math.floor(Math.abs(value) % 6) || 0]!) }];
  if (dtype === "float32") return [name, { dtype, dims, values: Float32Array.from(values) }];
  return [name, { dtype: "float64", dims, values }];
}

interface Case {
  readonly op: Op;
  readonly of: string;
  /** Dtype and width. */
  readonly inputs: readonly (readonly [DType, number])[];
  readonly build: (graph: Graph, inputs: readonly Value[]) => Value;
}

const one = (graph: Graph, op: Op, inputs: readonly (Value | null)[], dtype: Field["dtype"], width: number | null = 1, attributes: Parameters<Graph["node"]>[3] = {}) => graph.node(op, inputs, [field("y", dtype, { shape: width === null ? null : width === 1 ? [] : [width] })], attributes)[0]!;
const int64s = (graph: Graph, ...values: number[]) => graph.constant({ dtype: "int64", dims: [values.length], values: BigInt64Array.from(values, BigInt) });
const scalar = (graph: Graph, value: number) => graph.constant({ dtype: "float64", dims: [], values: Float64Array.of(value) });
/** Whole numbers from 0 to n - 1 out of any number. */
const index = (graph: Graph, x: Value, n: number) => {
  const { where, isNaN, min, max, abs } = arithmetic(graph);
  return one(graph, "Cast", [where(isNaN(x), 0, min(max(abs(x), 0), n - 1))], "int64", x.field.shape?.[0] ?? 1, { to: 7n });
};

/** The codes of tokens in order, each times the place where it stood, as one number a row. What is no token stands last, and counts nothing: how much of it there is depends on the batch. */
const inOrder = (graph: Graph, x: Value, dtype: "int64" | "float64", largest: bigint) => {
  const none = largest === 1n ? 0 : 99;
  const codes = one(graph, "LabelEncoder", [tokens(graph, x)[0]!], "int64", null, { keys_strings: ["ä", "a", "b"], values_int64s: BigInt64Array.of(5n, 2n, 9n), default_int64: BigInt(none) });
  const values = dtype === "int64" ? codes : one(graph, "Cast", [codes], "float64", null, { to: 11n });
  const width = one(graph, "Shape", [values], "int64", 1, { start: 1n, end: 2n });
  const [sorted, order] = graph.node("TopK", [values, width], [field("sorted", dtype, { shape: null }), field("order", "int64", { shape: null })], { axis: 1n, largest });
  const places = one(graph, "Add", [order!, graph.constant({ dtype: "int64", dims: [1, 1], values: BigInt64Array.of(1n) })], "int64", null);
  const weighed = one(graph, "Mul", [sorted!, dtype === "int64" ? places : one(graph, "Cast", [places], "float64", null, { to: 11n })], dtype, null);
  const constant = (value: number) => graph.constant(dtype === "int64" ? { dtype, dims: [1, 1], values: BigInt64Array.of(BigInt(value)) } : { dtype, dims: [1, 1], values: Float64Array.of(value) });
  const counted = one(graph, "Where", [one(graph, "Equal", [sorted!, constant(none)], "bool", null), constant(0), weighed], dtype, null);
  return one(graph, "ReduceSum", [counted, int64s(graph, 1)], dtype);
};

const unary = (op: Op, result: Field["dtype"] | null = null): Case[] =>
  (["float64", "float32"] as const)
    .filter((dtype) => dtype === "float64" || OPS[op].exact)
    .map((dtype) => ({ op, of: dtype, inputs: [[dtype, 3]], build: (graph, [x]) => one(graph, op, [x!], result ?? dtype, 3) }));

const binary = (op: Op, result: Field["dtype"] | null = null): Case[] => [
  ...(["float64", "float32"] as const)
    .filter((dtype) => dtype === "float64" || OPS[op].exact)
    .map((dtype): Case => ({ op, of: dtype, inputs: [[dtype, 3], [dtype, 3]], build: (graph, [x, y]) => one(graph, op, [x!, y!], result ?? dtype, 3) })),
  { op, of: "columns and rows", inputs: [["float64", 3], ["float64", 1]], build: (graph, [x, y]) => one(graph, op, [x!, y!], result ?? "float64", 3) },
  { op, of: "a constant", inputs: [["float64", 3]], build: (graph, [x]) => one(graph, op, [x!, graph.constant({ dtype: "float64", dims: [1, 3], values: Float64Array.of(2, -0.5, 0) })], result ?? "float64", 3) },
];

const integers = (op: Op, result: Field["dtype"] = "int64"): Case => ({ op, of: "int64", inputs: [["float64", 2], ["float64", 2]], build: (graph, [x, y]) => one(graph, op, [index(graph, x!, 1e6), index(graph, y!, 1e6)], result, 2) });

const bools = (op: Op): Case => ({
  op,
  of: "bool",
  inputs: [["float64", 2], ["float64", 2]],
  build(graph, [x, y]) {
    const { greater } = arithmetic(graph);
    const operands = [greater(x!, 0), greater(y!, 0)];
    return one(graph, op, op === "Not" ? operands.slice(0, 1) : operands, "bool", 2);
  },
});

const casts = (["float32", "int64", "int32", "bool"] as const).map((to): Case => ({
  op: "Cast",
  of: `float64 to ${to}`,
  inputs: [["float64", 2]],
  build(graph, [x]) {
    const { where, isNaN, min, max } = arithmetic(graph);
    const bounded = to.startsWith("int") ? min(max(where(isNaN(x!), 0, x!), -1e9), 1e9) : x!;
    return one(graph, "Cast", [bounded], to, 2, { to: { float32: 1n, int64: 7n, int32: 6n, bool: 9n }[to] });
  },
}));

/** Two trees of two targets; the second follows missing values. */
const trees = (graph: Graph, x: Value): Value =>
  one(graph, "TreeEnsembleRegressor", [x], "float32", 2, {
    n_targets: 2n,
    nodes_treeids: BigInt64Array.of(0n, 0n, 0n, 1n, 1n, 1n, 1n, 1n),
    nodes_nodeids: BigInt64Array.of(0n, 1n, 2n, 0n, 1n, 2n, 3n, 4n),
    nodes_featureids: BigInt64Array.of(0n, 0n, 0n, 1n, 0n, 2n, 0n, 0n),
    nodes_modes: ["BRANCH_LEQ", "LEAF", "LEAF", "BRANCH_LEQ", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"],
    nodes_values_as_tensor: { dtype: "float64", dims: [8], values: Float64Array.of(0.5, 0, 0, -0.1, 0, 1e-17, 0, 0) },
    nodes_truenodeids: BigInt64Array.of(1n, 0n, 0n, 1n, 0n, 3n, 0n, 0n),
    nodes_falsenodeids: BigInt64Array.of(2n, 0n, 0n, 2n, 0n, 4n, 0n, 0n),
    nodes_missing_value_tracks_true: BigInt64Array.of(0n, 0n, 0n, 1n, 0n, 1n, 0n, 0n),
    target_treeids: BigInt64Array.of(0n, 0n, 0n, 1n, 1n, 1n, 1n),
    target_nodeids: BigInt64Array.of(1n, 2n, 2n, 1n, 3n, 4n, 4n),
    target_ids: BigInt64Array.of(0n, 0n, 1n, 1n, 1n, 1n, 0n),
    target_weights_as_tensor: { dtype: "float64", dims: [7], values: Float64Array.of(0.1, 0.2, 1e-9, 0.3, -0.7, 1 / 3, 7) },
    base_values_as_tensor: { dtype: "float64", dims: [2], values: Float64Array.of(0.1, -1e-3) },
  });

/** Texts of none to many tokens, made of a column's numbers. */
const sentences = (graph: Graph, x: Value): Value => {
  const texts = graph.constant({ dtype: "string", dims: [6], values: ["", "a b a", "ä", " a  ä ", "b--ä b 𝔸 a a a a", "other\ttext a"] });
  const [text] = graph.node("Gather", [texts, index(graph, x, 6)], [field("text", "string")]);
  return graph.node("Reshape", [text!, int64s(graph, -1)], [field("text", "string")])[0]!;
};

const tokens = (graph: Graph, x: Value, delimiter = " ") => graph.node("StringSplit", [sentences(graph, x)], [field("tokens", "string", { shape: null }), field("count", "int64")], { delimiter });

const counts = { mode: "TF", min_gram_length: 1n, max_gram_length: 1n, max_skip_count: 0n, ngram_counts: BigInt64Array.of(0n) };

const CASES: readonly Case[] = [
  ...(["Abs", "Exp", "Floor", "Identity", "Log", "Neg", "Sqrt", "Tanh"] as const).flatMap((op) => unary(op)),
  ...unary("IsNaN", "bool"),
  ...unary("IsInf", "bool"),
  ...(["Add", "Div", "Max", "Min", "Mul", "Pow", "Sub"] as const).flatMap((op) => binary(op)),
  ...(["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"] as const).flatMap((op) => [...binary(op, "bool"), integers(op, "bool")]),
  ...(["Add", "Max", "Min", "Mul", "Sub"] as const).map((op) => integers(op)),
  ...(["And", "Not", "Or"] as const).map(bools),
  ...casts,
  { op: "Max", of: "three operands", inputs: [["float64", 1], ["float64", 3], ["float64", 1]], build: (graph, inputs) => one(graph, "Max", inputs, "float64", 3) },
  { op: "ArgMax", of: "numbers without NaN", inputs: [["float64", 4]], build: (graph, [x]) => one(graph, "ArgMax", [arithmetic(graph).where(arithmetic(graph).isNaN(x!), 1, x!)], "int64", 1, { axis: 1n }) },
  { op: "Clip", of: "float64", inputs: [["float64", 3]], build: (graph, [x]) => one(graph, "Clip", [x!, scalar(graph, -1), scalar(graph, 0.5)], "float64", 3) },
  { op: "Clip", of: "a bound that bounds nothing", inputs: [["float64", 3]], build: (graph, [x]) => one(graph, "Clip", [x!, scalar(graph, -Infinity), scalar(graph, 0.5)], "float64", 3) },
  { op: "Concat", of: "three", inputs: [["float64", 2], ["float64", 1], ["float64", 3]], build: (graph, inputs) => graph.stack(inputs) },
  { op: "Concat", of: "text", inputs: [["string", 2], ["string", 1]], build: (graph, inputs) => one(graph, "Concat", inputs, "string", 3, { axis: 1n }) },
  { op: "Gather", of: "a table of text", inputs: [["float64", 1]], build: (graph, [x]) => one(graph, "Gather", [graph.constant({ dtype: "string", dims: [3], values: ["x", "", "ß"] }), index(graph, x!, 3)], "string") },
  { op: "Gather", of: "a table of rows", inputs: [["float64", 1]], build: (graph, [x]) => one(graph, "Gather", [graph.constant({ dtype: "float64", dims: [3, 2], values: numbers(6, 3) }), index(graph, x!, 3)], "float64", 2) },
  { op: "Gather", of: "columns", inputs: [["float64", 4]], build: (graph, [x]) => one(graph, "Gather", [x!, int64s(graph, 2, -1, 0)], "float64", 3, { axis: 1n }) },
  { op: "GatherElements", of: "columns by row", inputs: [["float64", 4], ["float64", 2]], build: (graph, [x, y]) => one(graph, "GatherElements", [x!, index(graph, y!, 4)], "float64", 2, { axis: 1n }) },
  { op: "LabelEncoder", of: "text to codes", inputs: [["string", 2]], build: (graph, [x]) => graph.code(x!, ["b", "𝔸", "a"]) },
  { op: "LabelEncoder", of: "text to text", inputs: [["string", 2]], build: (graph, [x]) => one(graph, "LabelEncoder", [x!], "string", 2, { keys_strings: ["a", "b"], values_strings: ["A", ""], default_string: "other" }) },
  {
    op: "LabelEncoder",
    of: "codes to codes",
    inputs: [["float64", 2]],
    build: (graph, [x]) => one(graph, "LabelEncoder", [index(graph, x!, 5)], "int64", 2, { keys_int64s: BigInt64Array.of(4n, 0n), values_int64s: BigInt64Array.of(7n, 1n), default_int64: 3n }),
  },
  { op: "MatMul", of: "float64", inputs: [["float64", 3]], build: (graph, [x]) => one(graph, "MatMul", [x!, graph.constant({ dtype: "float64", dims: [3, 2], values: Float64Array.of(1, 2, -3, 0.5, 1e-3, 7) })], "float64", 2) },
  { op: "ReduceSum", of: "columns", inputs: [["float64", 3]], build: (graph, [x]) => one(graph, "ReduceSum", [x!, int64s(graph, 1)], "float64") },
  { op: "Reshape", of: "rows", inputs: [["float64", 4]], build: (graph, [x]) => one(graph, "Reshape", [x!, int64s(graph, -1, 2, 2)], "float64", 4) },
  { op: "Slice", of: "columns", inputs: [["float64", 4]], build: (graph, [x]) => one(graph, "Slice", [x!, int64s(graph, 1), int64s(graph, -1), int64s(graph, 1)], "float64", 2) },
  { op: "Softmax", of: "columns", inputs: [["float64", 3]], build: (graph, [x]) => one(graph, "Softmax", [x!], "float64", 3, { axis: 1n }) },
  { op: "Split", of: "the middle", inputs: [["float64", 4]], build: (graph, [x]) => graph.node("Split", [x!, int64s(graph, 1, 2, 1)], [field("a", "float64"), field("b", "float64", { shape: [2] }), field("c", "float64")], { axis: 1n })[1]! },
  ...[" ", "--"].map((delimiter): Case => ({ op: "StringSplit", of: `"${delimiter}"`, inputs: [["float64", 1]], build: (graph, [x]) => one(graph, "Reshape", [tokens(graph, x!, delimiter)[1]!, int64s(graph, -1, 1)], "int64") })),
  { op: "TfIdfVectorizer", of: "tokens", inputs: [["float64", 1]], build: (graph, [x]) => one(graph, "TfIdfVectorizer", [tokens(graph, x!)[0]!], "float32", 4, { ...counts, pool_strings: ["ä", "a", "𝔸", "never"], ngram_indexes: BigInt64Array.of(0n, 1n, 2n, 3n) }) },
  {
    op: "TfIdfVectorizer",
    of: "codes of tokens",
    inputs: [["float64", 1]],
    build(graph, [x]) {
      const codes = one(graph, "LabelEncoder", [tokens(graph, x!)[0]!], "int64", null, { keys_strings: ["ä", "a", "b"], values_int64s: BigInt64Array.of(1n, 0n, 1n), default_int64: 2n });
      return one(graph, "TfIdfVectorizer", [codes], "float32", 2, { ...counts, pool_int64s: BigInt64Array.of(0n, 1n), ngram_indexes: BigInt64Array.of(0n, 1n) });
    },
  },
  ...(["Shape", "TopK"] as const).flatMap((op) => ([0n, 1n] as const).map((largest): Case => ({ op, of: `codes of tokens, ${largest === 0n ? "least" : "greatest"} first`, inputs: [["float64", 1]], build: (graph, [x]) => inOrder(graph, x!, "int64", largest) }))),
  { op: "TopK", of: "float64", inputs: [["float64", 1]], build: (graph, [x]) => inOrder(graph, x!, "float64", 1n) },
  { op: "TreeEnsembleRegressor", of: "two trees", inputs: [["float64", 3]], build: (graph, [x]) => trees(graph, x!) },
  { op: "Where", of: "float64", inputs: [["float64", 3], ["float64", 1]], build: (graph, [x, y]) => arithmetic(graph).where(arithmetic(graph).less(x!, 0), y!, x!) },
  { op: "Where", of: "text", inputs: [["float64", 1], ["string", 1]], build: (graph, [x, y]) => one(graph, "Where", [arithmetic(graph).less(x!, 0), y!, graph.constant({ dtype: "string", dims: [1, 1], values: ["else"] })], "string") },
];

/** The graph of a case, and values for its inputs. */
function prepare({ op, inputs, build }: Case): { readonly bytes: Uint8Array; readonly feeds: ReadonlyMap<string, Tensor> } {
  const graph = createGraph(op);
  const values = inputs.map(([dtype, width], index) => graph.input(field(`x${index}`, dtype, { shape: width === 1 ? [] : [width] })));
  const result = build(graph, values);
  graph.output("y", result, result.field);
  return {
    bytes: graph.finish({ name: op, inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }),
    feeds: new Map(graph.inputs().map(({ name, dtype, shape }, index) => feed(name, dtype as DType, shape?.[0] ?? 1, 11 + 7 * index))),
  };
}

async function run(library: Library, bytes: Uint8Array, feeds: ReadonlyMap<string, Tensor>): Promise<Tensor> {
  return (await runAll(library, bytes, feeds)).get("y")!;
}

async function runAll(library: Library, bytes: Uint8Array, feeds: ReadonlyMap<string, Tensor>): Promise<ReadonlyMap<string, Tensor>> {
  const session = await openSession(library, bytes);
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

/** The values that differ most, by more than the relative tolerance; null where none do. All NaNs are one, 0 and -0 are two. */
function farthest(a: Tensor, b: Tensor, tolerance: number, feeds: ReadonlyMap<string, Tensor>): unknown {
  let [worst, at] = [0, -1];
  for (let i = 0; i < a.values.length; i++) {
    const [x, y] = [a.values[i]!, b.values[i]!];
    if (Object.is(x, y)) continue;
    const error = typeof x === "number" && typeof y === "number" && a.dtype.startsWith("float") && x !== y ? Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y)) : Infinity;
    if (!(error <= Math.max(worst, tolerance))) [worst, at] = [error, i];
  }
  return at === -1 ? null : { worst, at, values: [a.values[at], b.values[at]], inputs: [...feeds.values()].map(({ values }) => values[at]) };
}

describe("the list of operators", () => {
  it("is tested whole", () => {
    expect(new Set(CASES.map(({ op }) => op))).toEqual(new Set(Object.keys(OPS)));
  });

  it.each(CASES.map((each) => [`${each.op} of ${each.of}`, each] as const))("%s: native, WebAssembly and the reference agree", async (_, each) => {
    const { bytes, feeds } = prepare(each);
    const [here, there] = [await run(native, bytes, feeds), await run(web, bytes, feeds)];
    const expected = interpreter(readModel(bytes))(feeds).get("y")!;
    expect(here.dims).toEqual(expected.dims);
    expect(here.dims).toEqual(readModel(bytes).outputs[0]!.type.dims.map((size) => size ?? ROWS));
    expect(here.dtype).toBe(expected.dtype);
    const tolerance = here.dtype === "float32" ? 1.2e-7 : 1e-12;
    expect(farthest(here, expected, tolerance, feeds)).toBeNull();
    expect(farthest(here, there, OPS[each.op].exact ? 0 : tolerance, feeds)).toBeNull();
  });

  it.each(CASES.map((each) => [`${each.op} of ${each.of}`, each] as const))("%s: a row alone is as in the batch", async (_, each) => {
    const { bytes, feeds } = prepare(each);
    for (const library of [native, web]) {
      const session = await openSession(library, bytes);
      const whole = (await session.run(feeds)).get("y")!;
      for (let row = 0; row < 24; row++) {
        const alone = (await session.run(new Map([...feeds].map(([name, tensor]) => [name, rowOf(tensor, row)])))).get("y")!;
        expect(farthest(alone, rowOf(whole, row), OPS[each.op].exact ? 0 : 1e-12, feeds)).toBeNull();
      }
      await session.release();
    }
  });

  it.each(CASES.map((each) => [`${each.op} of ${each.of}`, each] as const))("%s: row by row it has the bits of a session", async (_, each) => {
    const { bytes, feeds } = prepare(each);
    const expected = await run(native, bytes, feeds);
    const program = rowProgram(bytes);
    if (program === null) return;
    const begun = program.begin(feeds, ROWS)!;
    const given = program.between === null ? new Map() : await runAll(native, program.between, begun.feeds);
    const [found] = begun.end(given)!;
    expect(found!.dtype).toBe(expected.dtype);
    expect(farthest(found!, expected, 0, feeds)).toBeNull();
  });

  // A batch of no rows never enters a session: TfIdfVectorizer refuses one.
  it.each([1, 3])("counts no tokens where there are none: %s rows of empty text", async (rows) => {
    const { bytes } = prepare(CASES.find(({ of }) => of === "codes of tokens")!);
    const feeds = new Map<string, Tensor>([["x0", { dtype: "float64", dims: [rows, 1], values: new Float64Array(rows) }]]);
    for (const library of [native, web]) expect((await run(library, bytes, feeds)).values).toEqual(new Float32Array(2 * rows));
  });

  it("refuses what the two libraries make of an integer division, or an absent bound", () => {
    const graph = createGraph("refused");
    const x = graph.input(field("x", "float64"));
    expect(() => one(graph, "Div", [index(graph, x, 3), index(graph, x, 3)], "int64")).toThrow(/cannot take/);
    expect(() => one(graph, "Clip", [x, null, scalar(graph, 1)], "float64")).toThrow(/absent bound/);
  });
});

function rowOf(tensor: Tensor, row: number): Tensor {
  const width = tensor.dims.slice(1).reduce((product, size) => product * size, 1);
  return { ...tensor, dims: [1, ...tensor.dims.slice(1)], values: tensor.values.slice(row * width, (row + 1) * width) } as Tensor;
}
