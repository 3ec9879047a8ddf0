import { expect, test } from "vitest";
import type { Runtime } from "../contracts/runtime.js";
import type { Transform } from "../contracts/transform.js";
import { MillraceError } from "../errors/millrace-error.js";
import { defineFold } from "../fold/define-fold.js";
import { createFrame, field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { fromRows } from "../frame/rows.js";
import { arithmetic } from "../graph/arithmetic.js";
import { lookup } from "../graph/columns.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { foldMutants } from "./fold/fold-mutants.js";
import { describeTransform } from "./describe-transform.js";
import { brokenLaws } from "./law.js";
import { mistakenRuntime, startledRuntime, type Place } from "./runtime/mistaken-runtime.js";
import type { TransformCase } from "./transform/transform-case.js";
import { transformLaws } from "./transform/transform-laws.js";

interface State {
  readonly least: number;
  readonly uses: number[];
  readonly since: Date | null;
}

const fields = [field("x", "float32"), field("city", "string")];

const promised = [field("above", "float32"), field("city", "int32"), field("rate", "float32")];

/** The distance from the least finite number seen, and a city's code. */
const honest: Transform<State> = {
  learnsFrom: "inputs",
  fields(input) {
    const wrong = input.find(({ name, dtype }) => (name === "city") !== (dtype === "string"));
    if (wrong !== undefined) throw new MillraceError({ code: "TRANSFORM_INPUT", message: `"${wrong.name}" is ${wrong.dtype}.`, mend: "Give a number and a city." });
    return promised;
  },
  fit: () =>
    defineFold<{ least: number }, State>({
      start: () => ({ least: 1e9 }),
      add: (partial, batch) => ({ least: toFloat64(batch.column("x")).reduce((least, value) => (value > -Infinity && value < least ? value : least), partial.least) }),
      merge: (left, right) => ({ least: Math.min(left.least, right.least) }),
      finish: ({ least }) => ({ least, uses: [], since: null }),
    }),
  lower({ least }, input, graph) {
    const { sub } = arithmetic(graph);
    const codes = graph.code(input.get("city")!, ["a", "b"]);
    return new Map([
      ["above", sub(input.get("x")!, least)],
      ["city", codes],
      ["rate", lookup(graph, codes, [0.1, 0.2, 0.3, 0.4])],
    ]);
  },
};

const subject: TransformCase = { create: () => honest, fields, runtimes: async () => [referenceRuntime] };
const mutant = (change: Partial<Transform<State>>): Partial<TransformCase> => ({ create: () => ({ ...honest, ...change }) });

const target = field("$target", "float64");

/** Halfway between the probabilities that it gets and the mean of the target, or equal shares of three classes. A `factor` that is not 1, or some `more`, makes them no probabilities. */
const halfway = (factor: number, more = 0): Transform<{ readonly mean: number }> => ({
  learnsFrom: "target",
  fields(input) {
    for (const { name, dtype } of input) if (dtype === "string") throw new MillraceError({ code: "TRANSFORM_INPUT", message: `"${name}" is text.`, mend: "Give numbers.", facts: { column: name } });
    return input.map((one) => ({ ...one, dtype: "float32" as const }));
  },
  fit: () =>
    defineFold({
      start: () => ({ sum: 0, rows: 0 }),
      add: ({ sum, rows }, batch) => ({ sum: toFloat64(batch.column("$target")).reduce((total, value) => total + value, sum), rows: rows + batch.length }),
      merge: (left, right) => ({ sum: left.sum + right.sum, rows: left.rows + right.rows }),
      finish: ({ sum, rows }) => ({ mean: rows === 0 ? 0.5 : sum / rows }),
    }),
  lower({ mean }, input, graph) {
    const { add, mul } = arithmetic(graph);
    return new Map([...input].map(([name, value]) => [name, add(mul(value, factor / 2), name === "score" ? mean / 2 : 1 / 6 + more)]));
  },
});
const scored: TransformCase = {
  ...subject, create: () => halfway(1), place: "after", fields: [field("score", "float32")], target,
  frame: (rows, random) => fromRows([field("score", "float32"), target], Array.from({ length: rows }, () => ({ score: random(), $target: Math.floor(2 * random()) }))),
};
const vector = field("probabilities", "float32", { shape: [3] });
const shared: TransformCase = {
  ...scored, fields: [vector],
  frame(rows, random) {
    const probabilities = Array.from({ length: rows }, random).flatMap((p) => [p / 2, p / 2, 1 - p]);
    return createFrame([vector, target], [{ dtype: "float32", values: Float32Array.from(probabilities) }, { dtype: "float64", values: Float64Array.from({ length: rows }, () => Math.floor(3 * random())) }], rows);
  },
};

let calls = 0;
let created = 0;

/** For each law, what only that law catches. */
const mutants: Record<string, Partial<TransformCase>> = {
  ...Object.fromEntries(Object.entries(foldMutants(honest.fit(fields, null), (state) => ({ ...state, least: state.least + 1 }))).map(([law, fold]) => [`its fold: ${law}`, mutant({ fit: () => fold })])),
  "fields refuses the columns that it cannot take": mutant({ fields: () => promised }),
  "fields promises the same columns each time, each once": mutant({ fields: (input) => [...honest.fields(input), field(`more-${calls++}`, "float32")] }),
  "it gives one of the promised columns at least": mutant({ lower: () => new Map() }),
  "the same state gives the same file": {
    create(): Transform<State> {
      const instance = created++;
      return { ...honest, lower: (state, input, graph) => honest.lower({ ...state, least: state.least + instance }, input, graph) };
    },
  },
  "a state travels as bytes": mutant({
    fit: (input, target) => ({ ...honest.fit(input, target), finish: (partial) => Object.assign([partial.least], { least: partial.least }) as unknown as State }),
    lower: ({ least }, input, graph) => honest.lower({ least: least ?? 0, uses: [], since: null }, input, graph),
  }),
  "lowering leaves the state as it was": mutant({
    lower(state, input, graph) {
      state.uses.push(1);
      return honest.lower(state, input, graph);
    },
  }),
  "runtimes agree, whole and split, in batches and row by row": { runtimes: async () => [mistakenRuntime("above", ({ rows }) => rows === 17)] },
  "it takes any value of its columns, even where training saw none": mutant({
    lower(state, input, graph) {
      if (state.least === 1e9) throw new Error("nothing was learnt");
      return honest.lower(state, input, graph);
    },
  }),
  "in the place of probabilities it gives probabilities": { ...scored, create: () => halfway(3) },
};

describeTransform({ name: "an honest one", ...subject });
describeTransform({ name: "one in the place of a score", ...scored });
describeTransform({ name: "one in the place of three probabilities", ...shared });

test("every law has a mutant", () => {
  expect(Object.keys(mutants).sort()).toEqual(transformLaws.map(({ name }) => name).sort());
});

test.each(Object.keys(mutants))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(transformLaws, { ...subject, ...mutants[name] })).toEqual([name]);
});

test("probabilities of several classes that do not add to 1 are found", async () => {
  expect(await brokenLaws(transformLaws, { ...shared, create: () => halfway(1, 0.01) })).toEqual(["in the place of probabilities it gives probabilities"]);
});

const AGREE = "runtimes agree, whole and split, in batches and row by row";
const ANY = "it takes any value of its columns, even where training saw none";
const byRuntimes = transformLaws.filter(({ name }) => name === AGREE || name === ANY);

/** Rows in which nothing is odd: what the suite adds to them finds what goes wrong with odd ones. */
const plain: TransformCase = { ...subject, frame: (rows, random) => fromRows(fields, Array.from({ length: rows }, () => ({ x: 1 + random(), city: "a" }))) };

test.each<[string, readonly string[], (place: Place, row: number) => boolean]>([
  ["one row", [AGREE, ANY], ({ rows }) => rows === 1],
  ["17 rows", [AGREE], ({ rows }) => rows === 17],
  ["a hundred rows and some", [AGREE], ({ rows }) => rows > 100 && rows < 10_000],
  ["more than 10,000 rows", [AGREE], ({ rows }) => rows > 10_000],
  ["the last row of more than 10,000", [AGREE], (_, row) => row === 10_000],
  ["a model that is split", [AGREE, ANY], ({ how }) => how === "split"],
  ["a model that is run whole", [AGREE, ANY], ({ how }) => how === "whole"],
  // Alone, and not the row of the batch of one.
  ["a row that is alone, where its number is missing", [AGREE, ANY], ({ rows, valuesOf }) => rows === 1 && Number.isNaN(valuesOf("x")[0])],
  ["a number that is missing", [AGREE, ANY], ({ valuesOf }, row) => Number.isNaN(valuesOf("x")[row])],
  ["infinity", [AGREE, ANY], ({ valuesOf }, row) => valuesOf("x")[row] === 1 / 0],
  ["the negative infinity", [AGREE, ANY], ({ valuesOf }, row) => valuesOf("x")[row] === -1 / 0],
  ["a text that is missing", [AGREE, ANY], ({ valuesOf }, row) => valuesOf("city")[row] === ""],
  ["a text that training did not see", [AGREE, ANY], ({ valuesOf }, row) => valuesOf("city")[row] === "unseen"],
])("a runtime that is wrong only in this is found: %s", async (_, laws, isWrong) => {
  expect(await brokenLaws(byRuntimes, { ...plain, runtimes: async () => [mistakenRuntime("above", isWrong)] })).toEqual(laws);
});

test("a runtime that fails only without rows is found", async () => {
  expect(await brokenLaws(byRuntimes, { ...plain, runtimes: async () => [startledRuntime] })).toEqual([AGREE]);
});

const INPUT = "fields refuses the columns that it cannot take";

test.each<[string, Partial<TransformCase>]>([
  ["a column that it must refuse, and takes", { refuses: [field("city", "bool"), field("x", "float64")] }],
  ["a type that it cannot learn from", mutant({ fields: (input) => (input[0]!.dtype === "string" ? promised : honest.fields(input)) })],
  ["a type that it cannot lower", mutant({ fields: (input) => (input[1]!.dtype === "bool" ? promised : honest.fields(input)) })],
  ["another error for a type", mutant({ fields(input) { if (input[1]!.dtype !== "string") throw new TypeError("no city"); return honest.fields(input); } })],
])("%s is found", async (_, change) => {
  expect(await brokenLaws(transformLaws, { ...subject, ...change })).toEqual([INPUT]);
});

test.each<[string, Partial<TransformCase>]>([
  ["a column that it must refuse, and refuses", { refuses: [field("x", "string"), field("city", "bool")] }],
  ["values that it cannot learn from, in a column of a type that it takes", mutant({
    fit: (input, target) => ({ ...honest.fit(input, target), add(partial, batch) {
      if (input[0]!.dtype === "int64" && batch.length > 0) throw new MillraceError({ code: "TRANSFORM_SCORE", message: "No probability.", mend: "Give probabilities." });
      return honest.fit(input, target).add(partial, batch);
    } }),
  })],
])("%s is well", async (_, change) => {
  expect(await brokenLaws(transformLaws, { ...subject, ...change })).toEqual([]);
});

/** The target less its mean to learn from; the prediction and the mean. */
const centered: Transform<{ readonly mean: number }> = {
  learnsFrom: "target-only",
  fields: (input) => input.map(({ name }) => field(name, "float64")),
  fit: () =>
    defineFold<{ sum: number; rows: number }, { mean: number }>({
      start: () => ({ sum: 0, rows: 0 }),
      add: ({ sum, rows }, batch) => ({ sum: toFloat64(batch.column("$target")).reduce((total, value) => total + value, sum), rows: rows + batch.length }),
      merge: (left, right) => ({ sum: left.sum + right.sum, rows: left.rows + right.rows }),
      finish: ({ sum, rows }) => ({ mean: rows === 0 ? 0 : sum / rows }),
    }),
  lower({ mean }, input, graph) {
    const { add, sub } = arithmetic(graph);
    return new Map([...input].map(([name, value]) => [name, name === "$target" ? sub(value, mean) : add(value, mean)]));
  },
};
const centering: TransformCase = { create: () => centered, fields: [], target, frame: (rows, random) => fromRows([target], Array.from({ length: rows }, () => ({ $target: Math.floor(100 * random()) }))), runtimes: async () => [referenceRuntime] };

describeTransform({ name: "one of the target", ...centering });

test.each(["$target", "prediction"])("a runtime that is wrong only in one of the two uses of a transform of the target is found: %s", async (name) => {
  const wrong: Runtime = { ...referenceRuntime, load: (model, how) => (model.signature.inputs[0]!.name === name ? mistakenRuntime(model.signature.outputs[0]!.name, () => true) : referenceRuntime).load(model, how) };
  expect(await brokenLaws(byRuntimes, { ...centering, runtimes: async () => [wrong] })).toContain(AGREE);
});

test.each<[string, Partial<Transform<State>>]>([
  ["a column that was not promised", { fields: () => honest.fields([]).slice(1) }],
  ["float64", { fields: () => [field("above", "float64"), ...honest.fields([]).slice(1)] }],
  ["codes without categories", { lower: (state, input, graph) => new Map([...honest.lower(state, input, graph)].map(([name, value]) => [name, { ...value, field: { ...value.field, categories: null } }])) }],
])("lowering refuses %s", async (_, change) => {
  expect(await brokenLaws(transformLaws, { ...subject, ...mutant(change) })).toContain("it gives one of the promised columns at least");
});

test("a runtime that loses rows is found", async () => {
  const short: Runtime = { ...referenceRuntime, load: async (model) => ({ ...(await referenceRuntime.load(model)), predict: async () => createFrame([], [], 0) }) };
  expect(await brokenLaws(transformLaws, { ...subject, runtimes: async () => [short] })).toContain("runtimes agree, whole and split, in batches and row by row");
});

test("a transform that looks at the rows beside a row is found, whatever it is written with", async () => {
  // The share of the batch's total: right in training's batches, another number in each of serving's.
  const share = mutant({
    lower(_, input, graph) {
      const x = input.get("x")!;
      const axes = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(0n) });
      const [total] = graph.node("ReduceSum", [x, axes], [{ ...field("total", "float64"), shape: [] }], { keepdims: 1n });
      return new Map([["above", arithmetic(graph).div(x, total!)]]);
    },
  });
  const broken = transformLaws.find(({ name }) => name === "it gives one of the promised columns at least")!;
  await expect(async () => broken.check({ ...subject, ...share })).rejects.toThrow("over axis 0 it would mix rows");
});
