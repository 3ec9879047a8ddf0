import type { Frame } from "../../contracts/frame.js";
import type { Metric, MetricResult } from "../../contracts/metric.js";
import type { Problem } from "../../contracts/trainer.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { seeded } from "../../frame/random.js";
import { select, slice, take, withColumns } from "../../frame/take.js";
import { difference } from "../difference.js";
import { foldLaws } from "../fold/fold-laws.js";
import type { Law } from "../law.js";
import { judgedFrame, numbersOf, perfectPrediction, withPrediction, withWeights, without } from "./judged-frame.js";

export interface MetricCase {
  create(): Metric;
  /** One that the metric can judge. */
  readonly problem: Problem;
  /** Rows of the raw columns that it reads beside target, prediction and weight. Default: it reads none. */
  raw?(rows: number, random: () => number): Frame;
}

/** What is asked of sums. Standard errors are differences of sums, so they get more. */
const TOLERANCE = 1e-9;

const SEEDS = [1, 2, 3, 4, 5];

/** What every metric does beside being a fold. Frames have weights that are whole numbers, 0 among them, unless a law says otherwise. */
export const metricLaws: readonly Law<MetricCase>[] = [
  ...foldLaws.map((law) => ({
    name: law.name,
    check: ({ create, problem, raw }: MetricCase) =>
      law.check({ fields: [], create: () => create().fold(problem), tolerance: TOLERANCE, frame: (rows, random) => framesOf(problem, raw, rows, random, (of) => Math.floor(of() * 4) / 2) }),
  })),
  {
    name: "a row of weight n counts as n rows",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const frame = framesOf(problem, raw, 40, random, (of) => Math.floor(of() * 4));
        const repeated = [...numbersOf(frame, "$weight")].flatMap((weight, row) => Array.from({ length: weight }, () => row));
        const [weighted, plain] = [judge(create(), problem, frame), judge(create(), problem, without(take(frame, Int32Array.from(repeated)), "$weight"))];
        return difference(weighted.value, plain.value, TOLERANCE);
      }),
  },
  {
    name: "weights of 1 are no weights",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const frame = framesOf(problem, raw, 40, random, () => 1);
        return difference(judge(create(), problem, frame), judge(create(), problem, without(frame, "$weight")), TOLERANCE);
      }),
  },
  {
    name: "the scale of the weights does not matter to value and standard error",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const frame = framesOf(problem, raw, 40, random, (of) => 0.5 + of());
        const scaled = withWeights(frame, numbersOf(frame, "$weight").map((weight) => weight * 1024));
        const [one, other] = [judge(create(), problem, frame), judge(create(), problem, scaled)];
        return difference([one.value, one.standardError], [other.value, other.standardError], TOLERANCE);
      }),
  },
  {
    name: "the order of the rows does not matter",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const frame = framesOf(problem, raw, 60, random, (of) => Math.floor(of() * 4));
        const order = Int32Array.from(Array.from({ length: 60 }, (_, row) => [random(), row] as const).sort(([left], [right]) => left - right), ([, row]) => row);
        return difference(judge(create(), problem, take(frame, order)), judge(create(), problem, frame), TOLERANCE);
      }),
  },
  {
    name: "perfect predictions beat random ones in its direction",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const metric = create();
        const frame = framesOf(problem, raw, 200, random, () => 1);
        const [perfect, guessed] = [judge(metric, problem, withPrediction(frame, problem, perfectPrediction(frame, problem))).value, judge(metric, problem, frame).value];
        if (perfect === null || guessed === null) return "200 rows of every class have no value";
        const gain = metric.direction === "maximize" ? perfect - guessed : guessed - perfect;
        return gain > 0 ? null : `perfect predictions give ${perfect}, random ones ${guessed}, but the direction is ${metric.direction}`;
      }),
  },
  {
    name: "it names the raw columns that it reads",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const metric = create();
        const frame = framesOf(problem, raw, 40, random, () => 1);
        const named = frame.fields.filter(({ name }) => name.startsWith("$") || metric.columns.includes(name)).map(({ name }) => name);
        return difference(judge(metric, problem, select(frame, named)), judge(create(), problem, frame));
      }),
  },
  {
    name: "no rows have no value, and throw nothing",
    check: ({ create, problem, raw }) => {
      const empty = slice(framesOf(problem, raw, 10, seeded(1), () => 1), 0, 0);
      for (const result of [judge(create(), problem, empty), judge(create(), problem)])
        if (result.value !== null || result.standardError !== null) throw new Error(`no rows have the value ${result.value}`);
    },
  },
  {
    name: "a result is JSON, its standard error no less than 0",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const result = judge(create(), problem, framesOf(problem, raw, 1 + Math.floor(random() * 40), random, (of) => Math.floor(of() * 3)));
        if (result.standardError !== null && !(result.standardError >= 0)) return `the standard error is ${result.standardError}`;
        return difference(JSON.parse(JSON.stringify(result)), result);
      }),
  },
  {
    name: "a prediction of NaN is refused",
    check: ({ create, problem, raw }) =>
      forSeeds((random) => {
        const frame = framesOf(problem, raw, 10, random, () => 1);
        const broken = numbersOf(frame, "$prediction");
        broken[Math.floor(random() * broken.length)] = NaN;
        try {
          return `NaN among the predictions gives ${judge(create(), problem, withPrediction(frame, problem, broken)).value}`;
        } catch (error) {
          return MillraceError.is(error, "METRIC_VALUE") ? null : `NaN is refused with ${String(error)}`;
        }
      }),
  },
  {
    name: "a problem that it cannot judge is refused by name",
    check: ({ create }) => {
      for (const problem of PROBLEMS)
        try {
          create().fold(problem);
        } catch (error) {
          if (!MillraceError.is(error, "METRIC_PROBLEM") && !MillraceError.is(error, "METRIC_OPTION")) throw error;
        }
    },
  },
];

const PROBLEMS: readonly Problem[] = [{ kind: "regression" }, { kind: "binary", classes: ["no", "yes"], positive: "yes" }, { kind: "multiclass", classes: ["a", "b", "c"] }];

function forSeeds(differs: (random: () => number) => string | null): void {
  for (const seed of SEEDS) {
    const found = differs(seeded(seed));
    if (found !== null) throw new Error(`${found} (seed ${seed})`);
  }
}

function framesOf(problem: Problem, raw: MetricCase["raw"], rows: number, random: () => number, weight: (random: () => number) => number): Frame {
  const frame = judgedFrame(problem, rows, random, weight);
  const more = raw?.(rows, random);
  return more === undefined ? frame : withColumns(frame, more.fields, more.fields.map(({ name }) => more.column(name)));
}

function judge(metric: Metric, problem: Problem, ...frames: readonly Frame[]): MetricResult {
  const fold = metric.fold(problem);
  return fold.finish(frames.reduce((partial, frame) => fold.add(partial, frame), fold.start()));
}
