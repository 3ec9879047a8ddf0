import { expect, test } from "vitest";
import type { Runtime } from "../contracts/runtime.js";
import type { Transform } from "../contracts/transform.js";
import { defineFold } from "../fold/define-fold.js";
import { createFrame, field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { withColumn } from "../frame/take.js";
import { arithmetic } from "../graph/arithmetic.js";
import { lookup } from "../graph/columns.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { describeTransform } from "./describe-transform.js";
import { brokenLaws } from "./law.js";
import type { TransformCase } from "./transform/transform-case.js";
import { transformLaws } from "./transform/transform-laws.js";

interface State {
  readonly least: number;
  readonly uses: number[];
  readonly since: Date | null;
}

const fields = [field("x", "float32"), field("city", "string")];

/** The distance from the least finite number seen, and a city's code. */
const honest: Transform<State> = {
  learnsFrom: "inputs",
  fields: () => [field("above", "float32"), field("city", "int32"), field("rate", "float32")],
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

/** The reference runtime, its results changed by what stands in the batch. */
const runtime = (change: (rows: number, values: Float32Array) => Float32Array): Partial<TransformCase> => ({
  runtimes: async () => [
    {
      ...referenceRuntime,
      async load(model) {
        const predictor = await referenceRuntime.load(model);
        return {
          ...predictor,
          async predict(batch) {
            const result = await predictor.predict(batch);
            return withColumn(result, field("above", "float32"), { dtype: "float32", values: change(batch.length, (result.column("above") as { values: Float32Array }).values) });
          },
        };
      },
    } satisfies Runtime,
  ],
});

let calls = 0;
let created = 0;

/** For each law of the suite's own, what only that law catches. */
const mutants: Record<string, Partial<TransformCase>> = {
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
  "runtimes agree, whole and split, in batches and row by row": runtime((rows, values) => (rows === 17 ? values.map((value) => value + 1) : values)),
  "it takes any value of its columns, even where training saw none": mutant({
    lower(state, input, graph) {
      if (state.least === 1e9) throw new Error("nothing was learnt");
      return honest.lower(state, input, graph);
    },
  }),
  "its fold: an empty batch changes nothing": mutant({
    fit: (input, target) => {
      const fold = honest.fit(input, target);
      return { ...fold, add: (partial, batch) => (batch.length === 0 ? { least: -1 } : fold.add(partial, batch)) };
    },
  }),
};

describeTransform({ name: "an honest one", ...subject });

test("every law of the suite's own has a mutant", () => {
  expect(Object.keys(mutants)).toEqual(expect.arrayContaining(transformLaws.map(({ name }) => name).filter((name) => !name.startsWith("its fold"))));
});

test.each(Object.keys(mutants))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(transformLaws, { ...subject, ...mutants[name] })).toEqual([name]);
});

test("a row that depends on the rows beside it is found", async () => {
  const apart = runtime((rows, values) => (rows === 1 ? values : values.map((value) => value + 1)));
  expect(await brokenLaws(transformLaws, { ...subject, ...apart })).toContain("runtimes agree, whole and split, in batches and row by row");
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
