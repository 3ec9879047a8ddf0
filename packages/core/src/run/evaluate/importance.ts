import type { Frame } from "../../contracts/frame.js";
import type { Predictor } from "../../contracts/runtime.js";
import { seeded } from "../../frame/random.js";
import { take, withColumn } from "../../frame/take.js";
import type { Evaluation, Importance } from "./evaluation.js";
import type { MetricSet } from "./metric-set.js";

/** Rows that importance is measured on, at most. */
export const IMPORTANCE_ROWS = 20_000;
const REPEATS = 3;

/** Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019) of each raw column by the first metric. Null where there is none, or it is undefined on these rows. */
export async function permutationImportance(sample: Frame, predictor: Predictor, set: MetricSet, tick: () => Promise<void>): Promise<Evaluation["importance"]> {
  const [metric] = set.metrics;
  if (metric === undefined || sample.length === 0) return null;
  const scoreOf = async (raw: Frame) => set.fold.finish(set.fold.add(set.fold.start(), set.view(raw, await predictor.predict(raw))))[metric.name]!.value;
  const whole = await scoreOf(sample);
  if (whole === null) return null;
  const random = seeded("permutation importance");
  const columns: Importance[] = [];
  for (const field of predictor.input) {
    const drops: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const shuffled = take(sample, permutation(sample.length, random)).column(field.name);
      const score = await scoreOf(withColumn(sample, field, shuffled));
      drops.push(metric.direction === "maximize" ? whole - (score ?? whole) : (score ?? whole) - whole);
      await tick();
    }
    const drop = drops.reduce((sum, one) => sum + one, 0) / REPEATS;
    columns.push({ column: field.name, drop, standardDeviation: Math.sqrt(drops.reduce((sum, one) => sum + (one - drop) ** 2, 0) / (REPEATS - 1)) });
  }
  return { metric: metric.name, rows: sample.length, columns: columns.sort((left, right) => right.drop - left.drop) };
}

/** Fisher and Yates. */
function permutation(length: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
