import type { Column, Field, Frame } from "../../contracts/frame.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { decode, encode, encodeExact } from "../../fold/encode.js";
import { field } from "../../frame/frame.js";
import { seeded } from "../../frame/random.js";
import { select, slice, take, withColumn } from "../../frame/take.js";
import { type SparseColumn } from "../../frame/sparse-column.js";
import { disagreement } from "../agreement.js";
import { isRefused } from "../is-refused.js";
import type { Law } from "../law.js";
import { oddFrame, randomFrame } from "../random-frame.js";
import { framesOf, modelOf, predict, ROWS, train, type TrainerCase } from "./trainer-case.js";
import { lossOf, lossOfMean } from "./loss.js";

/** Sizes of the batches in which a trained model is run: none, one, a few, more than runtimes run whole, and more than they run at once. */
const BATCHES = [0, 1, 17, 130, 10_001];

/** What every trainer does: learn the same from the same, obey, and lower to a graph that gives the same wherever it runs. */
export const trainerLaws: readonly Law<TrainerCase>[] = [
  {
    name: "it names the problem that it learns, where it names any",
    async check(subject) {
      const { problems } = subject.create();
      if (problems?.includes(subject.problem.kind) === false) throw new Error(`it says that it learns ${problems.join(", ")}, and not ${subject.problem.kind}`);
    },
  },
  {
    name: "training twice gives equal bytes",
    async check(subject) {
      const [first, second] = [await train(subject, subject.create()), await train(subject, subject.create())];
      if (Buffer.compare(encode(first.state), encode(second.state)) !== 0) throw new Error("two trainings on the same rows gave two states");
    },
  },
  {
    name: "it goes on from a trained state",
    async check(subject) {
      const trainer = subject.create();
      const { state } = await train(subject, trainer);
      const resumed = await train(subject, trainer, { start: decode(encode(state)) });
      near(subject, await predict(subject, trainer, resumed.state), await predict(subject, trainer, state), "after a resume");
    },
  },
  {
    name: "what goes on from a checkpoint ends, to the bit, as what nothing disturbed",
    async check(subject) {
      const { state, saved } = await train(subject, subject.create());
      for (const start of saved) {
        const resumed = await train(subject, subject.create(), { start: decode(encodeExact(start)) });
        if (Buffer.compare(encode(resumed.state), encode(state)) !== 0) throw new Error("a training that went on from a checkpoint ended in another state");
      }
    },
  },
  {
    name: "told to stop, it finishes with what there is",
    async check(subject) {
      const trainer = subject.create();
      const { state, steps } = await train(subject, trainer, { answer: () => "stop" });
      if (steps.length > 1) throw new Error(`it went on to report ${steps.length} times after the stop`);
      finite(await predict(subject, trainer, state));
    },
  },
  {
    name: "its signal ends it with an error, before the first row and in the middle",
    async check(subject) {
      const ended = await train(subject, subject.create(), { signal: AbortSignal.abort() }).catch(() => null);
      if (ended !== null) throw new Error("it trained under a signal that had fired");
      const { signal, abort } = abortable();
      let reports = 0;
      const answer = () => {
        reports++;
        abort();
        return "continue" as const;
      };
      const trained = await train(subject, subject.create(), { signal, answer }).catch(() => null);
      if (reports > 0 && trained !== null) throw new Error("it trained to the end after its signal fired");
    },
  },
  {
    name: "it reports its steps, or says why not",
    async check(subject) {
      const isSilent = isRefused(subject.reports ?? true);
      const { steps } = await train(subject, subject.create());
      if (isSilent !== (steps.length === 0)) throw new Error(isSilent ? "it reports steps, and says why it reports none" : "it reported no step, so that nothing could stop it");
    },
  },
  {
    name: "steps count upward",
    async check(subject) {
      const { steps } = await train(subject, subject.create());
      if (steps.some((step, index) => !Number.isInteger(step) || (index > 0 && step <= steps[index - 1]!))) throw new Error(`the steps were ${steps.join(", ")}`);
    },
  },
  {
    name: "a weight of two is the row twice, and a weight of zero is no row",
    async check(subject) {
      const trainer = subject.create();
      const frame = framesOf(subject, ROWS, 1);
      const weights = Float64Array.from({ length: ROWS }, (_, row) => [1, 2, 0, 1][row % 4]!);
      const weighted = withColumn(frame, field("$weight", "float64"), { dtype: "float64", values: weights });
      const repeated = take(frame, Int32Array.from([...weights].flatMap((weight, row) => Array.from({ length: weight }, () => row))));
      const [one, other] = [await train(subject, trainer, { frame: weighted }), await train(subject, trainer, { frame: repeated })];
      near(subject, await predict(subject, trainer, one.state), await predict(subject, trainer, other.state), "of weighted rows");
    },
  },
  {
    name: "it predicts better than a constant",
    async check(subject) {
      if (isRefused(subject.learns ?? true)) return;
      const trainer = subject.create();
      const frame = framesOf(subject, ROWS, 1);
      const { state } = await train(subject, trainer, { frame });
      const [loss, constant] = [lossOf(subject.problem, await predict(subject, trainer, state, frame), frame), lossOfMean(subject.problem, frame)];
      if (!(loss < constant)) throw new Error(`its loss on what it learnt from is ${loss}, and that of a constant is ${constant}`);
    },
  },
  {
    name: "it trains with rows for validation",
    async check(subject) {
      const trainer = subject.create();
      const { state } = await train(subject, trainer, { validation: framesOf(subject, 100, 4) });
      finite(await predict(subject, trainer, state));
    },
  },
  {
    name: "infinite numbers are learnt from, or refused with a MillraceError",
    check: (subject) => learntOrRefused(subject, withInfinities(framesOf(subject, ROWS, 1), subject.features), "infinite numbers"),
  },
  {
    name: "one row, and none, are learnt from, or refused with a MillraceError",
    async check(subject) {
      const one = framesOf(subject, 1, 1);
      await learntOrRefused(subject, one, "one row");
      await learntOrRefused(subject, slice(one, 0, 0), "no row");
    },
  },
  {
    name: "it takes sparse vectors as it takes dense ones, or says why not",
    async check(subject) {
      const trainer = subject.create();
      if (isRefused(trainer.sparse)) return;
      const frame = framesOf(subject, ROWS, 1);
      const [sparse, dense] = [field("tokens", "sparse", { nullable: false, shape: [6] }), field("tokens", "float32", { nullable: false, shape: [6] })];
      const column = randomFrame([sparse], ROWS, seeded(3)).column("tokens") as SparseColumn;
      const predictions = [];
      for (const [feature, given] of [[sparse, column], [dense, denseOf(column, 6)]] as const) {
        const more = { ...subject, features: [...subject.features, feature] };
        const rows = withColumn(frame, feature, given);
        predictions.push(await predict(more, trainer, (await train(more, trainer, { frame: rows })).state, rows));
      }
      near(subject, predictions[0]!, predictions[1]!, "from a sparse vector and from the dense one");
    },
  },
  {
    name: "its value is finite, and probabilities add to 1",
    async check(subject) {
      const trainer = subject.create();
      const { state } = await train(subject, trainer);
      const values = await predict(subject, trainer, state, featuresOf(subject, 5));
      finite(values);
      const { problem } = subject;
      if (problem.kind === "regression") return;
      if (values.some((value) => value < 0 || value > 1)) throw new Error("a probability is outside of [0, 1]");
      if (problem.kind === "binary") return;
      const count = problem.classes.length;
      for (let row = 0; row * count < values.length; row++) {
        const sum = values.slice(row * count, (row + 1) * count).reduce((total, value) => total + value, 0);
        if (Math.abs(sum - 1) > 1e-5) throw new Error(`the probabilities of a row add to ${sum}`);
      }
    },
  },
  {
    name: "the same state gives the same file, also when it travelled",
    async check(subject) {
      const trainer = subject.create();
      const { state } = await train(subject, trainer);
      const before = encode(state);
      const files = [modelOf(subject, trainer, state), modelOf(subject, trainer, state), modelOf(subject, subject.create(), decode(before))].map(({ onnx }) => onnx);
      if (files.some((file) => Buffer.compare(file, files[0]!) !== 0)) throw new Error("two files of one state differ");
      if (Buffer.compare(before, encode(state)) !== 0) throw new Error("lowering changed the state");
    },
  },
  {
    name: "runtimes agree, in batches and row by row",
    async check(subject) {
      const trainer = subject.create();
      const model = modelOf(subject, trainer, (await train(subject, trainer)).state);
      const batches = [...BATCHES.map((rows) => featuresOf(subject, rows)), oddFrame(subject.features, 60, 2)];
      const found = await disagreement(await subject.runtimes(), model, batches);
      if (found !== null) throw new Error(found);
    },
  },
];

/** Throws where training on rows fails without a code, or leaves a model whose predictions are no numbers. */
async function learntOrRefused(subject: TrainerCase, frame: Frame, what: string): Promise<void> {
  const trainer = subject.create();
  const trained = await train(subject, trainer, { frame }).catch((error: unknown) => {
    if (MillraceError.is(error)) return null;
    throw new Error(`on ${what} it failed without a code: ${String(error)}`, { cause: error });
  });
  if (trained !== null) finite(await predict(subject, trainer, trained.state));
}

/** Infinity in the first number of each feature, and its negative in the last. */
function withInfinities(frame: Frame, features: readonly Field[]): Frame {
  const odd = (numbers: Float32Array): Float32Array => numbers.map((number, at) => (at === 0 ? Infinity : at === numbers.length - 1 ? -Infinity : number));
  return features.reduce((changed, feature) => {
    const column = changed.column(feature.name);
    if (column.dtype === "float32") return withColumn(changed, feature, { ...column, values: odd(column.values) });
    return column.dtype === "sparse" ? withColumn(changed, feature, { ...column, numbers: odd(column.numbers) }) : changed;
  }, frame);
}

/** Rows of features alone, among them an unseen code. */
function featuresOf(subject: TrainerCase, rows: number): Frame {
  const frame = select(framesOf(subject, Math.max(rows, 1), 7), subject.features.map(({ name }) => name));
  return slice(
    subject.features.reduce((changed, feature) => {
      const column = frame.column(feature.name);
      if (feature.categories === null || column.dtype !== "int32") return changed;
      return withColumn(changed, feature, { ...column, values: column.values.with(0, feature.categories.length + 1) });
    }, frame),
    0,
    rows,
  );
}

function denseOf({ starts, places, numbers }: SparseColumn, width: number): Column {
  const values = new Float32Array((starts.length - 1) * width);
  for (let row = 0; row + 1 < starts.length; row++) for (let k = starts[row]!; k < starts[row + 1]!; k++) values[row * width + places[k]!] = numbers[k]!;
  return { dtype: "float32", values };
}

function abortable(): { readonly signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

function near({ tolerance = 1e-5 }: TrainerCase, found: Float32Array, expected: Float32Array, when: string): void {
  const worst = found.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index]!)), 0);
  if (!(worst <= tolerance)) throw new Error(`predictions ${when} differ by ${worst}`);
}

function finite(values: Float32Array): void {
  if (!values.every(Number.isFinite)) throw new Error("a prediction is no finite number");
}
