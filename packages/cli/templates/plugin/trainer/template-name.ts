import { arithmetic, lookup, MillraceError, moments, take, toFloat64, type Field, type Frame, type Graph, type Out, type Problem, type Trainer, type Value, type Values } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** A distance from the mean counts for no more than this many standard deviations: one odd value decides nothing alone. */
const FARTHEST = 8;

interface State {
  readonly isBinary: boolean;
  /** Logarithms of the classes' shares. */
  readonly priors: readonly number[];
  /** Mean and variance of each number, by class. */
  readonly numbers: readonly { readonly feature: string; readonly means: readonly number[]; readonly variances: readonly number[] }[];
  /** Logarithms of the shares of each code, by class; a code that was not seen says nothing. */
  readonly codes: readonly { readonly feature: string; readonly shares: readonly (readonly number[])[] }[];
}

/** Naive Bayes: the features are independent within a class; numbers are normally distributed, and a missing one says nothing. */
export function createTemplateName(options: Out<typeof templateNameOptions>): Trainer<State> {
  return {
    sparse: { because: "It learns one mean and variance per number, and a long vector would have thousands." },
    async train({ problem, features, train }, _start, progress) {
      const counter = countClasses(classesOf(problem), features, options);
      let step = 0;
      for await (const batch of train.read(progress.signal)) {
        counter.add(batch);
        if ((await progress.report(++step, {})) === "stop") break;
      }
      progress.signal.throwIfAborted();
      return { isBinary: problem.kind === "binary", ...counter.finish() };
    },
    lower(state, input, graph) {
      const { sub, sigmoid } = arithmetic(graph);
      const scores = state.priors.map((prior, index) => score(state, index, prior, input, graph));
      if (state.isBinary) return new Map([["score", sigmoid(sub(scores[1]!, scores[0]!))]]);
      const stacked = graph.stack(scores);
      return new Map([["probabilities", graph.node("Softmax", [stacked], [{ ...stacked.field, name: "probabilities" }], { axis: 1n })[0]!]]);
    },
  };
}

/** How many classes there are; `$target` is a class's index. */
function classesOf(problem: Problem): number {
  if (problem.kind !== "regression") return problem.classes.length;
  throw new MillraceError({ code: "TRAIN_PROBLEM", message: '"template-name" tells classes apart, and this target is a number.', mend: "Use a trainer for numbers, such as ridge." });
}

function countClasses(classes: number, features: readonly Field[], { smoothing, variance }: Out<typeof templateNameOptions>) {
  const wide = features.find(({ shape }) => (shape ?? []).length > 0);
  if (wide !== undefined) throw new MillraceError({ code: "TRAIN_FEATURE", message: `"template-name" takes one value a row, and "${wide.name}" has several.`, mend: "Leave the feature out, or reduce it to one number." });
  const rows = new Float64Array(classes);
  const numbers = features.filter(({ categories }) => categories === null).map(({ name }) => {
    const fold = moments(name, "$weight");
    return { name, fold, partials: Array.from({ length: classes }, () => fold.start()) };
  });
  const codes = features.flatMap(({ name, categories }) => (categories === null ? [] : [{ name, counts: Array.from({ length: classes }, () => new Float64Array(categories.length + 1)) }]));
  return {
    add(batch: Frame): void {
      const weights = weightsOf(batch);
      const weighted = { ...batch, fields: [...batch.fields.filter(({ name }) => name !== "$weight"), WEIGHT], column: (name: string) => (name === "$weight" ? ({ dtype: "float64", values: weights } as const) : batch.column(name)) };
      const target = toFloat64(batch.column("$target"));
      target.forEach((index, row) => (rows[index]! += weights[row]!));
      for (let index = 0; index < classes; index++) {
        const own = take(weighted, Int32Array.from([...target.keys()].filter((row) => target[row] === index)));
        for (const { fold, partials } of numbers) partials[index] = fold.add(partials[index]!, own);
        for (const { name, counts } of codes) toFloat64(own.column(name)).forEach((code, row) => (counts[index]![code]! += toFloat64(own.column("$weight"))[row]!));
      }
    },
    finish(): Omit<State, "isBinary"> {
      const all = rows.reduce((sum, count) => sum + count, 0);
      return {
        priors: [...rows].map((count) => Math.log((count + smoothing) / (all + smoothing * classes))),
        numbers: numbers.map(({ name, fold, partials }) => {
          const learnt = partials.map((partial) => fold.finish(partial));
          return { feature: name, means: learnt.map(({ mean }) => (Number.isNaN(mean) ? 0 : mean)), variances: learnt.map((one) => (Number.isNaN(one.variance) ? 1 : Math.max(one.variance, variance))) };
        }),
        codes: codes.map(({ name, counts }) => ({ feature: name, shares: counts.map((count, index) => [...[...count].map((own) => Math.log((own + smoothing) / (rows[index]! + smoothing * count.length))), 0]) })),
      };
    },
  };
}

const WEIGHT: Field = { name: "$weight", dtype: "float64", nullable: false, shape: [], categories: null };

function weightsOf(batch: Frame): Float64Array {
  return batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")) : new Float64Array(batch.length).fill(1);
}

/** The logarithm of a class's prior times the density of each feature, but for a constant. */
function score({ numbers, codes }: State, index: number, prior: number, input: Values, graph: Graph): Value {
  const { add, sub, mul, div, max, min, isNaN, where } = arithmetic(graph);
  const ofNumbers = numbers.map(({ feature, means, variances }) => {
    const value = input.get(feature)!;
    const deviation = max(min(div(sub(value, means[index]!), Math.sqrt(variances[index]!)), FARTHEST), -FARTHEST);
    return where(isNaN(value), 0, sub(mul(mul(deviation, deviation), -0.5), Math.log(variances[index]!) / 2));
  });
  const ofCodes = codes.map(({ feature, shares }) => lookup(graph, input.get(feature)!, shares[index]!));
  const [first, ...rest] = [...ofNumbers, ...ofCodes];
  if (first === undefined) throw new MillraceError({ code: "TRAIN_FEATURE", message: '"template-name" has no features.', mend: "Give the model one column at least." });
  return rest.reduce((sum, term) => add(sum, term), add(first, prior));
}
