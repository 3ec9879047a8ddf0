import { z } from "zod";
import type { Check } from "../contracts/check.js";
import type { Column, Frame } from "../contracts/frame.js";
import type { Metric } from "../contracts/metric.js";
import type { Trainer } from "../contracts/trainer.js";
import type { Transform } from "../contracts/transform.js";
import { defineFold } from "../fold/define-fold.js";
import { moments, type Moments } from "../fold/moments.js";
import { isMissing, toFloat64 } from "../frame/missing.js";
import { arithmetic } from "../graph/arithmetic.js";
import { fill, lookup } from "../graph/columns.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";

const options = z.strictObject({ scale: z.number().default(1).describe("Multiplies what comes out.") });
const none = z.strictObject({});

/** The smallest extensions that run a model's whole life: for tests of what stands around extensions. */
export const samplePlugin = definePlugin({
  name: "sample",
  version: "0.1.0",
  url: import.meta.url,
  extensions: [
    defineExtension("transform", { name: "center", summary: "Takes the mean away.", options, create: ({ scale }) => center(scale) }),
    defineExtension("transform", { name: "target-mean", summary: "The mean of the target per text.", options: none, create: () => targetMean }),
    defineExtension("transform", { name: "target-half", summary: "The target halved, and doubled behind the model.", options: none, create: () => targetHalf }),
    defineExtension("trainer", { name: "constant", summary: "The mean of the target, scaled.", options, create: ({ scale }) => constant(scale) }),
    defineExtension("trainer", { name: "sum", summary: "The sum of the number features.", options: none, create: () => sum }),
    defineExtension("metric", { name: "mean-error", summary: "The mean absolute error.", options: none, create: () => meanError }),
    defineExtension("check", { name: "positive", summary: "Numbers must not be negative.", options: z.strictObject({ column: z.string().describe("The column.") }), create: ({ column }) => positive(column) }),
  ],
});

function center(scale: number): Transform<readonly Moments[]> {
  return {
    learnsFrom: "inputs",
    fields: (input) => input.map((field) => ({ ...field, dtype: "float32" as const })),
    fit: (input) => {
      const folds = input.map(({ name }) => moments(name));
      return {
        start: () => folds.map((fold) => fold.start()),
        add: (partial, batch) => folds.map((fold, at) => fold.add(partial[at], batch)),
        merge: (left, right) => folds.map((fold, at) => fold.merge(left[at], right[at])),
        finish: (partial) => folds.map((fold, at) => fold.finish(partial[at])),
      };
    },
    lower(state, input, graph) {
      const { sub, mul } = arithmetic(graph);
      return new Map([...input].map(([name, value], at) => [name, mul(sub(value, state[at]!.mean), scale)]));
    },
  };
}

interface TextMeans {
  readonly texts: readonly string[];
  readonly means: readonly number[];
  readonly mean: number;
}

const targetMean: Transform<TextMeans> = {
  learnsFrom: "target",
  fields: (input) => input.map((field) => ({ ...field, dtype: "float32" as const })),
  fit: ([field]) =>
    defineFold({
      start: () => new Map<string, [number, number]>(),
      add(partial, batch) {
        const text = batch.column(field!.name) as Extract<Column, { dtype: "string" }>;
        const target = toFloat64(batch.column("$target"));
        text.codes.forEach((code, row) => {
          const [count, total] = partial.get(text.dictionary[code]!) ?? [0, 0];
          partial.set(text.dictionary[code]!, [count + 1, total + target[row]!]);
        });
        return partial;
      },
      merge(left, right) {
        for (const [text, [count, total]] of right) {
          const [before, sumBefore] = left.get(text) ?? [0, 0];
          left.set(text, [before + count, sumBefore + total]);
        }
        return left;
      },
      finish(partial) {
        const texts = [...partial.keys()].filter((text) => text !== "").sort();
        const all = [...partial.values()].reduce(([count, total], [more, moreTotal]) => [count + more, total + moreTotal], [0, 0]);
        return { texts, means: texts.map((text) => partial.get(text)![1] / partial.get(text)![0]), mean: all[1] / Math.max(all[0], 1) };
      },
    }),
  lower: ({ texts, means, mean }, input, graph) => new Map([...input].map(([name, text]) => [name, lookup(graph, graph.code(text, texts), [...means, mean, mean])])),
};

const targetHalf: Transform<null> = {
  learnsFrom: "target-only",
  fields: (input) => input,
  fit: () => defineFold({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower(_, input, graph) {
    const { mul } = arithmetic(graph);
    return new Map([...input].map(([name, value]) => [name, mul(value, name === "$target" ? 0.5 : 2)]));
  },
};

function constant(scale: number): Trainer<{ readonly mean: number }> {
  return {
    sparse: { because: "It looks at no feature." },
    async train({ train }, _, progress) {
      let total = 0;
      for await (const frame of train.read(progress.signal)) total += targets(frame).reduce((left, right) => left + right, 0);
      await progress.report(1, { total });
      return { mean: (scale * total) / train.count };
    },
    lower: ({ mean }, input, graph) => new Map([["prediction", fill(graph, [...input.values()][0]!, mean)]]),
  };
}

/** Predicts the sum of its features, whatever was trained: the graph shows what reached it. */
const sum: Trainer<null> = {
  sparse: { because: "It adds columns of numbers." },
  train: async () => null,
  lower(_, input, graph) {
    const { add } = arithmetic(graph);
    return new Map([["prediction", [...input.values()].filter(({ field }) => field.categories === null).reduce((left, right) => add(left, right))]]);
  },
};

const meanError: Metric = {
  direction: "minimize",
  columns: [],
  fold: () =>
    defineFold({
      start: () => ({ rows: 0, total: 0 }),
      add(partial, batch) {
        const predictions = toFloat64(batch.column("$prediction"));
        targets(batch).forEach((target, row) => (partial.total += Math.abs(target - predictions[row]!)));
        return { ...partial, rows: partial.rows + batch.length };
      },
      merge: (left, right) => ({ rows: left.rows + right.rows, total: left.total + right.total }),
      finish: ({ rows, total }) => ({ value: rows === 0 ? null : total / rows, standardError: null, plot: null }),
    }),
};

function positive(column: string): Check {
  return {
    fold: () =>
      defineFold({
        start: () => ({ rows: [] as number[] }),
        add(partial, batch) {
          const values = toFloat64(batch.column(column));
          const numbers = toFloat64(batch.column("$row"));
          values.forEach((value, row) => {
            if (!isMissing(batch.column(column), row) && value < 0) partial.rows.push(numbers[row]!);
          });
          return partial;
        },
        merge: (left, right) => ({ rows: [...left.rows, ...right.rows] }),
        finish: ({ rows }) => (rows.length === 0 ? [] : [{ severity: "error" as const, column, message: `${rows.length} values of "${column}" are negative.`, rows: rows.length, examples: rows.slice(0, 10).map((row) => ({ row, value: null })) }]),
      }),
  };
}

function targets(frame: Frame): Float64Array {
  return toFloat64(frame.column("$target"));
}
