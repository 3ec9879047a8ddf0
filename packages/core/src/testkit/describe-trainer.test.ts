import { expect, test } from "vitest";
import type { Batches } from "../contracts/frame.js";
import type { Progress, Trainer, TrainingData } from "../contracts/trainer.js";
import { MillraceError } from "../errors/millrace-error.js";
import { runInterrupted } from "../errors/run-interrupted.js";
import { field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { withColumn } from "../frame/take.js";
import { arithmetic } from "../graph/arithmetic.js";
import { fill, lookup } from "../graph/columns.js";
import { sparseProduct } from "../graph/sparse.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { describeTrainer } from "./describe-trainer.js";
import { brokenLaws } from "./law.js";
import { mistakenRuntime, startledRuntime, type Place } from "./runtime/mistaken-runtime.js";
import type { TrainerCase } from "./trainer/trainer-case.js";
import { trainerLaws } from "./trainer/trainer-laws.js";

interface State {
  readonly step: number;
  readonly slope: number;
  readonly effects: readonly number[];
  readonly log: number[];
}

const features = [field("x", "float32"), field("city", "int32", { categories: ["a", "b", "c"], nullable: false })];
const STEPS = 40;

interface Rows {
  readonly x: number[];
  readonly city: number[];
  readonly target: number[];
  readonly weight: number[];
}

async function read({ train }: TrainingData, signal: AbortSignal): Promise<Rows> {
  const rows: Rows = { x: [], city: [], target: [], weight: [] };
  for await (const batch of train.read(signal)) {
    rows.x.push(...toFloat64(batch.column("x")));
    rows.city.push(...toFloat64(batch.column("city")));
    rows.target.push(...toFloat64(batch.column("$target")));
    rows.weight.push(...(batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")) : new Float64Array(batch.length).fill(1)));
  }
  if (rows.x.length === 0) throw new MillraceError({ code: "DATA_EMPTY", message: "There are no rows.", mend: "Read some." });
  return rows;
}

/** Throws DATA_INFINITE. */
function refuseInfinite({ x }: Rows): void {
  if (x.some((value) => Math.abs(value) === Infinity)) throw new MillraceError({ code: "DATA_INFINITE", message: "A number is infinite.", mend: "Clip it." });
}

/** One step of gradient descent on the weighted log loss. */
function descend({ slope, effects, step, log }: State, { x, city, target, weight }: Rows): State {
  let slopes = 0;
  let total = 0;
  const changes = effects.map(() => 0);
  x.forEach((value, row) => {
    const filled = Number.isNaN(value) ? 0 : value;
    const error = (1 / (1 + Math.exp(-(slope * filled + effects[city[row]!]!))) - target[row]!) * weight[row]!;
    slopes += error * filled;
    changes[city[row]!]! += error;
    total += weight[row]!;
  });
  return { step: step + 1, log, slope: slope - slopes / total, effects: effects.map((effect, code) => effect - changes[code]! / total) };
}

/** Logistic regression on a number and a code. */
const honest: Trainer<State> = {
  sparse: { because: "It learns from one number and one code." },
  async train(data, start, progress) {
    if (progress.signal.aborted) throw runInterrupted("The training", progress.signal.reason);
    const rows = await read(data, progress.signal);
    refuseInfinite(rows);
    let state: State = start ?? { step: 0, slope: 0, effects: [0, 0, 0, 0, 0], log: [] };
    while (state.step < STEPS) {
      state = descend(state, rows);
      const answer = await progress.report(state.step, { slope: state.slope });
      if (progress.signal.aborted) throw runInterrupted("The training", progress.signal.reason);
      if (answer === "stop") break;
      if (state.step % 10 === 0 && state.step < STEPS) await progress.save(state);
    }
    return state;
  },
  lower({ slope, effects }, input, graph) {
    const { add, mul, where, isNaN, sigmoid } = arithmetic(graph);
    const x = input.get("x")!;
    return new Map([["score", sigmoid(add(mul(where(isNaN(x), 0, x), slope), lookup(graph, input.get("city")!, effects)))]]);
  },
};

const subject: TrainerCase = { create: () => honest, problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, features, runtimes: async () => [referenceRuntime] };
const mutant = (change: Partial<Trainer<State>>): Partial<TrainerCase> => ({ create: () => ({ ...honest, ...change }) });
/** Training, with another progress or another way to end. */
const training = (change: (data: TrainingData, start: State | null, progress: Progress<State>) => Promise<State>) => mutant({ train: change });

let trainings = 0;
let instances = 0;

/** For each law, what only that law catches. */
const mutants: Record<string, Partial<TrainerCase>> = {
  "it names the problem that it learns, where it names any": mutant({ problems: ["regression"] }),
  "training twice gives equal bytes": training((data, start, progress) => honest.train(data, start ?? { step: 0, slope: 0, effects: [0, 0, 0, 0, 0], log: [trainings++] }, progress)),
  "it goes on from a trained state": training((data, start, progress) => honest.train(data, start?.step === STEPS ? { ...start, slope: 0 } : start, progress)),
  "what goes on from a checkpoint ends, to the bit, as what nothing disturbed": training(async (data, start, progress) => ({ ...(await honest.train(data, start, progress)), log: start !== null && start.step < STEPS ? [start.step] : [] })),
  "told to stop, it finishes with what there is": training((data, start, progress) => honest.train(data, start, { ...progress, report: async (step, metrics) => (await progress.report(step, metrics), "continue") })),
  "its signal ends it with an error, before the first row and in the middle": training((data, start, progress) => honest.train(data, start, { ...progress, signal: new AbortController().signal })),
  "it reports its steps, or says why not": training((data, start, progress) => honest.train(data, start, { ...progress, report: async () => "continue" })),
  "it trains with rows for validation": training((data, start, progress) => {
    if (data.validation !== null) throw runInterrupted("The training", "it knows no rows for validation");
    return honest.train(data, start, progress);
  }),
  "infinite numbers are learnt from, or refused with a MillraceError": training((data, start, progress) => plainly(honest.train(data, start, progress), "DATA_INFINITE")),
  "one row, and none, are learnt from, or refused with a MillraceError": training((data, start, progress) => (data.train.count === 1 ? Promise.reject(new TypeError("no second row")) : honest.train(data, start, progress))),
  "steps count upward": training((data, start, progress) => honest.train(data, start, { ...progress, report: (step, metrics) => progress.report(step % 7, metrics) })),
  "a weight of two is the row twice, and a weight of zero is no row": training((data, start, progress) => honest.train(reweighted(data, () => 1), start, progress)),
  "it predicts better than a constant": mutant({ lower: ({ effects }, input, graph) => honest.lower({ slope: -9, effects, step: 0, log: [] }, input, graph) }),
  "its value is finite, and probabilities add to 1": mutant({
    lower(state, input, graph) {
      const { add, where, equal } = arithmetic(graph);
      const unseen = equal(lookup(graph, input.get("city")!, [0, 0, 0, 0, 1]), 1);
      const score = honest.lower(state, input, graph).get("score")!;
      return new Map([["score", where(unseen, add(score, 1), score)]]);
    },
  }),
  "the same state gives the same file, also when it travelled": {
    create(): Trainer<State> {
      const instance = instances++;
      return { ...honest, lower: (state, input, graph) => honest.lower({ ...state, slope: state.slope + 1e-9 * instance }, input, graph) };
    },
  },
  "it takes sparse vectors as it takes dense ones, or says why not": mutant({
    sparse: true,
    lower(state, input, graph) {
      const score = honest.lower(state, input, graph).get("score")!;
      const tokens = [...input.values()].find(({ field: { dtype } }) => dtype === "sparse");
      const { mul, where, greater } = arithmetic(graph);
      return new Map([["score", tokens === undefined ? score : where(greater(sparseProduct(graph, tokens, new Float64Array(tokens.field.shape![0]!).fill(1)), 0), mul(score, 0.5), score)]]);
    },
  }),
  "runtimes agree, in batches and row by row": { runtimes: async () => [mistakenRuntime("score", ({ rows }) => rows === 17)] },
};

/** A training that fails with a code, failing without. */
function plainly(trained: Promise<State>, code: string): Promise<State> {
  return trained.catch((error: unknown) => {
    throw MillraceError.is(error, code) ? new TypeError(error.message) : error;
  });
}

/** A state that no row was learnt from, and whose predictions are no numbers. */
const LOST: State = { step: STEPS, slope: NaN, effects: [NaN, NaN, NaN, NaN, NaN], log: [] };
/** A training that gives such a state where it should refuse. */
function instead(trained: Promise<State>, code: string): Promise<State> {
  return trained.catch((error: unknown) => {
    if (MillraceError.is(error, code)) return LOST;
    throw error;
  });
}

/** Batches with other weights, where they have any. */
async function* weighed(batches: Batches, change: (weight: number) => number) {
  for await (const batch of batches) yield batch.fields.some(({ name }) => name === "$weight") ? withColumn(batch, field("$weight", "float64"), { dtype: "float64", values: toFloat64(batch.column("$weight")).map(change) }) : batch;
}

describeTrainer({ name: "an honest one", ...subject });

/** The weighted shares of the classes, or the mean of the target: a trainer with a closed form, which never reports. */
const baseline: Trainer<readonly number[]> = {
  sparse: true,
  async train(data, _start, progress) {
    if (progress.signal.aborted) throw runInterrupted("The training", progress.signal.reason);
    const { target, weight } = await read(data, progress.signal);
    const total = weight.reduce((sum, each) => sum + each, 0);
    const mean = (of: (value: number) => number) => target.reduce((sum, value, row) => sum + of(value) * weight[row]!, 0) / total;
    const { problem } = data;
    return problem.kind === "multiclass" ? problem.classes.map((_, index) => mean((value) => (value === index ? 1 : 0))) : [mean((value) => value)];
  },
  lower: (values, input, graph) => {
    const columns = values.map((value) => fill(graph, input.get("city")!, value));
    return new Map([[values.length === 1 ? "prediction" : "probabilities", graph.stack(columns)]]);
  },
};

const MEAN = { because: "It predicts the mean, whatever the features." };
const SILENT = { because: "It has a closed form, and so no steps." };
describeTrainer({ name: "a mean", ...subject, create: () => baseline, problem: { kind: "regression" }, learns: MEAN, reports: SILENT });
describeTrainer({ name: "shares of classes", ...subject, create: () => baseline, problem: { kind: "multiclass", classes: ["x", "y", "z"] }, learns: MEAN, reports: SILENT });

test("a reason is a sentence", async () => {
  for (const broken of [{ ...mutant({ sparse: { because: "" } }) }, { learns: { because: "no" } }]) expect(await brokenLaws(trainerLaws, { ...subject, ...broken })).toHaveLength(1);
});

test("every law has a mutant", () => {
  expect(Object.keys(mutants)).toEqual(expect.arrayContaining(trainerLaws.map(({ name }) => name)));
});

test.each(Object.keys(mutants))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(trainerLaws, { ...subject, ...mutants[name] })).toEqual([name]);
});

/** One sentence of a law each: what breaks that sentence only, and so no other law. */
test.each<[string, string, Partial<TrainerCase>]>([
  ["its signal ends it with an error, before the first row and in the middle", "it trains under a signal that had fired", training((data, start, progress) => honest.train(data, start, progress.signal.aborted ? { ...progress, signal: new AbortController().signal } : progress))],
  [
    "its signal ends it with an error, before the first row and in the middle",
    "it hears no signal once it has begun",
    training(async (data, start, progress) => {
      if (progress.signal.aborted) throw runInterrupted("The training", progress.signal.reason);
      return honest.train(data, start, { ...progress, signal: new AbortController().signal });
    }),
  ],
  [
    "the same state gives the same file, also when it travelled",
    "lowering changes the state",
    mutant({
      lower(state, input, graph) {
        state.log.push(1);
        return honest.lower(state, input, graph);
      },
    }),
  ],
  ["it reports its steps, or says why not", "it reports, and says why it does not", { reports: SILENT }],
  ["infinite numbers are learnt from, or refused with a MillraceError", "its predictions are NaN", training((data, start, progress) => instead(honest.train(data, start, progress), "DATA_INFINITE"))],
  ["one row, and none, are learnt from, or refused with a MillraceError", "none: it fails without a code", training((data, start, progress) => plainly(honest.train(data, start, progress), "DATA_EMPTY"))],
  ["one row, and none, are learnt from, or refused with a MillraceError", "none: its predictions are NaN", training((data, start, progress) => instead(honest.train(data, start, progress), "DATA_EMPTY"))],
  ["its value is finite, and probabilities add to 1", "an unseen code gives NaN", mutant({ lower: onUnseen(NaN) })],
  ["its value is finite, and probabilities add to 1", "an unseen code gives a probability below 0", mutant({ lower: onUnseen(-0.5) })],
  ["a weight of two is the row twice, and a weight of zero is no row", "a weight of zero counts as one", training((data, start, progress) => honest.train(reweighted(data, (weight) => Math.max(weight, 1)), start, progress))],
  ["a weight of two is the row twice, and a weight of zero is no row", "a weight of two counts as one", training((data, start, progress) => honest.train(reweighted(data, (weight) => Math.min(weight, 1)), start, progress))],
])("%s: %s", async (law, _, change) => {
  expect(await brokenLaws(trainerLaws, { ...subject, ...change })).toEqual([law]);
});

test("probabilities of several classes that add to 0.99 are found", async () => {
  const short: Trainer<readonly number[]> = { ...baseline, lower: (values, input, graph) => baseline.lower(values.map((value) => 0.99 * value), input, graph) };
  const broken = await brokenLaws(trainerLaws, { ...subject, create: () => short, problem: { kind: "multiclass", classes: ["x", "y", "z"] }, learns: MEAN, reports: SILENT });
  expect(broken).toEqual(["its value is finite, and probabilities add to 1"]);
});

const AGREE = "runtimes agree, in batches and row by row";
const byRuntimes = trainerLaws.filter(({ name }) => name === AGREE);

test.each<[string, (place: Place, row: number) => boolean]>([
  ["one row", ({ rows }) => rows === 1],
  ["17 rows", ({ rows }) => rows === 17],
  ["a hundred rows and some", ({ rows }) => rows > 100 && rows < 10_000],
  ["more than 10,000 rows", ({ rows }) => rows > 10_000],
  ["a model that is split", ({ how }) => how === "split"],
  ["a model that is run whole", ({ how }) => how === "whole"],
  // Alone, and not the row of the batch of one.
  ["a row that is alone, where its number is missing", ({ rows, valuesOf }) => rows === 1 && Number.isNaN(valuesOf("x")[0])],
  ["infinity", ({ valuesOf }, row) => valuesOf("x")[row] === 1 / 0],
  ["the negative infinity", ({ valuesOf }, row) => valuesOf("x")[row] === -1 / 0],
  ["a number that is missing", ({ valuesOf }, row) => Number.isNaN(valuesOf("x")[row])],
  ["a code that training did not see", ({ valuesOf }, row) => valuesOf("city")[row] === 4],
])("a runtime that is wrong only in this is found: %s", async (_, isWrong) => {
  expect(await brokenLaws(byRuntimes, { ...subject, runtimes: async () => [mistakenRuntime("score", isWrong)] })).toEqual([AGREE]);
});

test("a runtime that fails only without rows is found", async () => {
  expect(await brokenLaws(byRuntimes, { ...subject, runtimes: async () => [startledRuntime] })).toEqual([AGREE]);
});

/** The honest score, other where the code is unseen. */
function onUnseen(value: number): Trainer<State>["lower"] {
  return (state, input, graph) => {
    const { where, equal } = arithmetic(graph);
    const unseen = equal(lookup(graph, input.get("city")!, [0, 0, 0, 0, 1]), 1);
    return new Map([["score", where(unseen, value, honest.lower(state, input, graph).get("score")!)]]);
  };
}

function reweighted(data: TrainingData, change: (weight: number) => number): TrainingData {
  return { ...data, train: { ...data.train, read: (signal) => weighed(data.train.read(signal), change) } };
}

test.each<[string, Trainer<State>["lower"]]>([
  ["two values", (state, input, graph) => new Map([...honest.lower(state, input, graph), ["more", input.get("x")!]])],
  ["another name", (state, input, graph) => new Map([["prediction", honest.lower(state, input, graph).get("score")!]])],
  ["a value of another width", (_, input, graph) => new Map([["score", graph.stack([input.get("x")!, arithmetic(graph).neg(input.get("x")!)])]])],
])("lowering refuses %s", async (_, lower) => {
  expect(await brokenLaws(trainerLaws, { ...subject, ...mutant({ lower }) })).toContain("its value is finite, and probabilities add to 1");
});
