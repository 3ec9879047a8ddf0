import type { Remark } from "@millrace/core";
import type { DecideOptions } from "./decide.options.js";
import { acted, rows, type OperatingPoint } from "./operating-points.js";
import { precision, recall, totalCost } from "./qualities.js";

/** Where the decision changes, why there, and what came of it on the validation rows. */
export function decideRemark(options: DecideOptions, point: OperatingPoint): Remark {
  const total = rows(point);
  const from = point.threshold === Infinity ? "The decision is false for every row" : `The decision is true from a score of ${number(point.threshold)} on`;
  const share = total === 0 ? 0 : acted(point) / total;
  const cost = options.cost === null || total === 0 ? "" : `, a cost of ${number(totalCost(options.cost, point) / total)} a row`;
  return { about: "after", sentence: `${from} (${ruleOf(options)}): on the validation rows ${(100 * share).toFixed(2)} % of ${count(total)}, precision ${precision(point).toFixed(4)}, recall ${recall(point).toFixed(4)}${cost}.` };
}

function ruleOf({ threshold, capacity, per, cost, maximize, beta, atLeast }: DecideOptions): string {
  if (threshold !== null) return "given";
  const aim = cost !== null ? "least cost" : maximize === null ? "as many rows as allowed" : `greatest ${maximize === "f-beta" ? `F${beta}` : maximize}`;
  const limits = [
    ...(capacity === null ? [] : [`at most ${count(capacity)} of ${per === null ? "these rows" : `each ${count(per)} rows`}`]),
    ...Object.entries(atLeast ?? {}).map(([name, least]) => `${name} at least ${least}`),
  ];
  return [aim, ...limits].join(", ");
}

function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}
