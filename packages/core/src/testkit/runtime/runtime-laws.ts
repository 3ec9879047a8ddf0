import type { Frame } from "../../contracts/frame.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { field } from "../../frame/frame.js";
import { numberColumn } from "../../frame/columns.js";
import { goldenRows, randomRows } from "../../frame/random-rows.js";
import { seeded } from "../../frame/random.js";
import { fromRows, toRows } from "../../frame/rows.js";
import { concat, select, slice, take, withColumn } from "../../frame/take.js";
import { toArrow } from "../../frame/arrow.js";
import { difference } from "../difference.js";
import { frameDifference } from "../frame-difference.js";
import type { Law } from "../law.js";
import { sampleModel } from "./sample-model.js";

export interface RuntimeCase {
  create(): Runtime | Promise<Runtime>;
}

type How = "auto" | "whole" | "split";
const HOWS = ["whole", "split", "auto"] as const;

/** What every runtime does: the same numbers for a row whatever it stands beside, and a clear refusal of what is no batch of the model. */
export const runtimeLaws: readonly Law<RuntimeCase>[] = [
  law("numbers are those of the graph", HOWS, async (predictor) => {
    return difference(toRows(await predictor.predict(fromRows(predictor.input, KNOWN_ROWS))), KNOWN_RESULTS, 1e-6);
  }),
  law("outputs are what the signature says", HOWS, async (predictor) => {
    const { inputs, outputs } = sampleModel().signature;
    const { fields, length } = await predictor.predict(random(20));
    return difference([predictor.input, predictor.output, fields, length], [inputs, outputs, outputs, 20]);
  }),
  {
    name: "whole and split give equal bits",
    check: (subject) =>
      withPredictors(subject, async ({ whole, split, auto }) => {
        for (const batch of [golden(), random(3000)]) {
          const expected = await whole.predict(batch);
          same(await split.predict(batch), expected);
          same(await auto.predict(batch), expected);
        }
      }),
  },
  law("a row alone has the bits that it has among others", HOWS, async (predictor) => {
    const batch = golden();
    const alone: Frame[] = [];
    for (let row = 0; row < batch.length; row++) alone.push(await predictor.predict(slice(batch, row, row + 1)));
    return frameDifference(concat(alone as [Frame, ...Frame[]]), await predictor.predict(batch));
  }),
  law("batches of 7, 32, 2,000 and 10,001 rows give equal bits", HOWS, async (predictor) => {
    const batch = random(10_001);
    const expected = await predictor.predict(batch);
    for (const size of [7, 32, 2000]) {
      const rows = Math.min(4000, 50 * size);
      const parts: Frame[] = [];
      for (let from = 0; from < rows; from += size) parts.push(await predictor.predict(slice(batch, from, from + size)));
      same(concat(parts as [Frame, ...Frame[]]), slice(expected, 0, rows));
    }
    return null;
  }),
  law("rows come out in the order in which they went in", HOWS, async (predictor) => {
    const batch = random(500);
    const turned = Int32Array.from({ length: 500 }, (_, row) => 499 - row);
    return frameDifference(await predictor.predict(take(batch, turned)), take(await predictor.predict(batch), turned));
  }),
  law("columns count by name: order is free, and others are ignored", HOWS, async (predictor) => {
    const batch = random(90);
    const other = withColumn(select(batch, batch.fields.map(({ name }) => name).reverse()), field("other", "int32"), numberColumn("int32", new Int32Array(90)));
    return frameDifference(await predictor.predict(other), await predictor.predict(batch));
  }),
  law("a batch without rows gives a frame without rows", HOWS, async (predictor) => {
    const { fields, length } = await predictor.predict(random(0));
    return difference([fields, length], [predictor.output, 0]);
  }),
  law("a column that is missing or of another dtype is refused by name", HOWS, async (predictor) => {
    for (const rows of [3, 300]) {
      const batch = random(rows);
      const without = select(batch, batch.fields.map(({ name }) => name).filter((name) => name !== "seats"));
      const otherwise = [field("seats", "float64"), numberColumn("float64", new Float64Array(rows))] as const;
      const wide = [field("seats", "int32", { shape: [2] }), numberColumn("int32", new Int32Array(2 * rows), { width: 2 })] as const;
      for (const wrong of [without, withColumn(batch, ...otherwise), withColumn(batch, ...wide)]) {
        const error = await predictor.predict(wrong).then(() => null, (error: unknown) => error);
        if (!MillraceError.is(error, "RUNTIME_INPUT") || !error.message.includes('"seats"')) return `the refusal was ${String(error)}`;
      }
    }
    return null;
  }),
  law("predictions at the same time do not mix", HOWS, async (predictor) => {
    const batches = Array.from({ length: 6 }, (_, index) => random(100 * (index + 1), index));
    const together = await Promise.all(batches.map((batch) => predictor.predict(batch)));
    for (const [index, batch] of batches.entries()) same(together[index]!, await predictor.predict(batch));
    return null;
  }),
  law("a batch is left as it was", HOWS, async (predictor) => {
    const batch = random(200);
    const before = toArrow(batch);
    await predictor.predict(batch);
    return Buffer.compare(before, toArrow(batch)) === 0 ? null : "the batch changed";
  }),
  law("a result stays as it was", HOWS, async (predictor) => {
    const first = await predictor.predict(random(200, 1));
    const before = toArrow(first);
    await predictor.predict(random(200, 2));
    return Buffer.compare(before, toArrow(first)) === 0 ? null : "the next prediction changed it";
  }),
  law("memory that is given changes no bit", HOWS, async (predictor) => {
    for (const rows of [3, 3000]) {
      const batch = random(rows);
      same(await predictor.predict(batch, (byteLength) => new Uint8Array(byteLength).fill(255)), await predictor.predict(batch));
    }
    return null;
  }),
  law("a dispose waits for what runs, and the second does nothing", HOWS, async (predictor) => {
    const batch = random(2000);
    const running = predictor.predict(batch);
    await predictor[Symbol.asyncDispose]();
    await predictor[Symbol.asyncDispose]();
    return (await running).length === 2000 ? null : "rows are missing";
  }),
  {
    name: "its facts name the library, its version, the provider and the threads",
    async check({ create }) {
      const { name, version, provider, threads } = (await create()).facts;
      if (![name, version, provider].every((text) => typeof text === "string" && text !== "") || !Number.isInteger(threads) || threads < 1) throw new Error(JSON.stringify({ name, version, provider, threads }));
    },
  },
];

/** A law that holds for a predictor however it was loaded; `differs` says what is wrong. */
function law(name: string, hows: readonly How[], differs: (predictor: Predictor) => Promise<string | null>): Law<RuntimeCase> {
  return {
    name,
    check: (subject) =>
      withPredictors(subject, async (predictors) => {
        for (const how of hows) {
          const found = await differs(predictors[how]);
          if (found !== null) throw new Error(`${how}: ${found}`);
        }
      }),
  };
}

async function withPredictors({ create }: RuntimeCase, use: (predictors: Record<How, Predictor>) => Promise<void>): Promise<void> {
  const runtime = await create();
  const model = sampleModel();
  const predictors = { whole: await runtime.load(model, "whole"), split: await runtime.load(model, "split"), auto: await runtime.load(model) };
  try {
    await use(predictors);
  } finally {
    for (const how of HOWS) await predictors[how][Symbol.asyncDispose]();
  }
}

function same(left: Frame, right: Frame): void {
  const found = frameDifference(left, right);
  if (found !== null) throw new Error(found);
}

function golden(): Frame {
  const { inputs, seen } = sampleModel().signature;
  return goldenRows(inputs, seen);
}

function random(rows: number, seed = 0): Frame {
  const { inputs, seen } = sampleModel().signature;
  return randomRows(inputs, seen, rows, seeded(seed));
}

const KNOWN_ROWS = [{ distance: 750, price: 27, seats: 5, isLate: true, at: "2001-06-30T17:45:00Z", origin: "LAX", destination: "SFO", ticket: 987_654_321, track: [1, null, -0.5] }, {}];

/** By hand, from the formulas of the sample model. */
const KNOWN_RESULTS = [
  { distance: 750.1, scaled: [1, 1, 1, 0.5], hour: 17, lastDigits: 321, track: [3, null, -1.5], from: 0.7, port: 2, city: "Los Angeles", probabilities: [0.6097896, 0.3902104], label: "late", score: 0.6097896 },
  { distance: -0.9, scaled: [0, 0, 0, 0], hour: 0, lastDigits: 0, track: [null, null, null], from: 0.2, port: 4, city: null, probabilities: [0.5249792, 0.4750208], label: "late", score: 0.5249792 },
];
