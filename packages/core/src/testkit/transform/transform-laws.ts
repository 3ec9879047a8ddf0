import { decode, encode } from "../../fold/encode.js";
import { toFloat64 } from "../../frame/missing.js";
import { seeded } from "../../frame/random.js";
import { referenceRuntime } from "../../graph/reference/runtime.js";
import { disagreement } from "../agreement.js";
import { difference } from "../difference.js";
import { foldLaws } from "../fold/fold-laws.js";
import type { Law } from "../law.js";
import { oddFrame, randomFrame } from "../random-frame.js";
import { inputLaw } from "./input-law.js";
import { columnsOf, framesOf, learn, modelOf, type TransformCase } from "./transform-case.js";

/** Sizes of the batches in which a lowered transform is run: none, one, a few, more than runtimes run whole, and more than they run at once. */
const ROWS = [0, 1, 17, 130, 10_001];

/** What every transform does: learn by a fold, and lower to a graph that gives the promised columns, the same wherever it runs. */
export const transformLaws: readonly Law<TransformCase>[] = [
  ...foldLaws.map(
    (law): Law<TransformCase> => ({
      name: `its fold: ${law.name}`,
      check: (subject) => law.check({ fields: columnsOf(subject), create: () => subject.create().fit(subject.fields, subject.target ?? null), tolerance: subject.tolerance ?? 0, ...(subject.frame && { frame: subject.frame.bind(subject) }) }),
    }),
  ),
  {
    name: "fields promises the same columns each time, each once",
    check(subject) {
      const [first, second] = [subject.create().fields(subject.fields), subject.create().fields(subject.fields)];
      fail(difference(first, second));
      const names = first.map(({ name }) => name);
      if (new Set(names).size < names.length || names.includes("")) throw new Error(`the promised names are ${names.join(", ")}`);
    },
  },
  inputLaw,
  {
    // That it gives no others, and in the promised dtypes, each lowering checks.
    name: "it gives one of the promised columns at least",
    check(subject) {
      const transform = subject.create();
      if (modelOf(subject, transform, learn(subject, transform)).signature.outputs.length === 0) throw new Error("it gave no column");
    },
  },
  {
    name: "the same state gives the same file",
    check(subject) {
      const transform = subject.create();
      const state = learn(subject, transform);
      const files = [transform, transform, subject.create()].map((each) => modelOf(subject, each, state).onnx);
      for (const file of files) if (Buffer.compare(file, files[0]!) !== 0) throw new Error("two files of one state differ");
    },
  },
  {
    name: "a state travels as bytes",
    check(subject) {
      const transform = subject.create();
      const state = learn(subject, transform);
      const [here, there] = [state, decode(encode(state))].map((each) => modelOf(subject, transform, each).onnx);
      if (Buffer.compare(here!, there!) !== 0) throw new Error("the state that travelled gives another file");
    },
  },
  {
    name: "lowering leaves the state as it was",
    check(subject) {
      const transform = subject.create();
      const state = learn(subject, transform);
      const before = encode(state);
      modelOf(subject, transform, state);
      if (Buffer.compare(before, encode(state)) !== 0) throw new Error("lowering changed the state");
    },
  },
  {
    name: "runtimes agree, whole and split, in batches and row by row",
    async check(subject) {
      const transform = subject.create();
      const model = modelOf(subject, transform, learn(subject, transform));
      await agree(subject, model);
      if (transform.learnsFrom === "target-only") await agree(subject, modelOf(subject, transform, learn(subject, transform), "$target"));
    },
  },
  {
    name: "it takes any value of its columns, even where training saw none",
    async check(subject) {
      const transform = subject.create();
      // Training without a row is refused long before; a state of nothing stands for columns in which all is missing.
      const model = modelOf(subject, transform, learn(subject, transform, 0));
      fail(await disagreement(await subject.runtimes(), model, [oddFrame(model.signature.inputs, 40, 3)]));
    },
  },
  {
    // `learnsFrom: "target"` is what lets it stand there. That it gives no truth or text, the plan checks.
    name: "in the place of probabilities it gives probabilities",
    async check(subject) {
      const transform = subject.create();
      if (subject.place !== "after" || transform.learnsFrom !== "target") return;
      const replaced = transform.fields(subject.fields).filter(({ name }) => ["score", "probabilities"].includes(name) && subject.fields.some((field) => field.name === name));
      if (replaced.length === 0) return;
      await using predictor = await referenceRuntime.load(modelOf(subject, transform, learn(subject, transform)));
      const predicted = await predictor.predict(framesOf(subject, 130, 2));
      for (const { name } of replaced) requireProbabilities(toFloat64(predicted.column(name)), predicted.length);
    },
  },
];

function requireProbabilities(values: Float64Array, rows: number): void {
  const wrong = values.find((value) => value < 0 || value > 1);
  if (wrong !== undefined) throw new Error(`it gives ${wrong} in the place of a probability`);
  const width = values.length / rows;
  if (width === 1) return;
  for (let row = 0; row < rows; row++) {
    const sum = values.subarray(row * width, (row + 1) * width).reduce((all, value) => all + value, 0);
    if (Math.abs(sum - 1) > 1e-5) throw new Error(`the probabilities of a row add to ${sum}`);
  }
}

async function agree(subject: TransformCase, model: ReturnType<typeof modelOf>): Promise<void> {
  const { inputs } = model.signature;
  const isOwn = inputs.every(({ name }) => subject.fields.some((field) => field.name === name));
  const batches = ROWS.map((rows) => (isOwn ? framesOf(subject, rows, rows) : randomFrame(inputs, rows, seeded(rows))));
  // Beside the case's own rows, odd ones.
  fail(await disagreement(await subject.runtimes(), model, [...batches, oddFrame(inputs, 40, 2)]));
}

function fail(found: string | null): void {
  if (found !== null) throw new Error(found);
}
