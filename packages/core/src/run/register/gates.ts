import type { MetricResult } from "../../contracts/metric.js";
import type { Gate } from "../../contracts/resolved.js";
import { normalQuantile } from "../../statistics/normal.js";
import type { UsedSide } from "../data/sides.js";
import type { CrossValidation } from "../evaluate/cross-validation.js";
import type { Evaluation, Scores } from "../evaluate/evaluation.js";

export interface GateOutcome {
  readonly gate: Gate;
  readonly passed: boolean;
  /** What was compared with the limit: the point, or the bound of its interval. */
  readonly value: number | null;
  /** One sentence. */
  readonly message: string;
}

/** Judges gates by the evaluation alone. `confidence`: share of the two-sided interval whose worse end a `confidence` gate looks at. */
export function judgeGates(gates: readonly Gate[], evaluation: Evaluation, confidence: number, crossValidation: CrossValidation | null = null): readonly GateOutcome[] {
  return gates.map((gate) => judge(gate, evaluation, crossValidation, normalQuantile(0.5 + confidence / 2)));
}

interface Measured {
  readonly value: number;
  readonly standardError: number | null;
}

function judge(gate: Gate, evaluation: Evaluation, crossValidation: CrossValidation | null, z: number): GateOutcome {
  const measured = gate.part === "cross-validation" ? crossValidated(gate, crossValidation) : measure(gate, evaluation, gate.part);
  const what = describe(gate);
  if (measured === null) return { gate, passed: false, value: null, message: `${what}: the metric is undefined on these rows` };
  if (gate.bound === "confidence" && measured.standardError === null)
    return { gate, passed: false, value: null, message: `${what}: the metric has no standard error; set the gate's bound to "point"` };
  const margin = gate.bound === "confidence" ? z * measured.standardError! : 0;
  const low = measured.value - margin;
  const high = measured.value + margin;
  const tooLow = gate.atLeast !== null && low < gate.atLeast;
  const tooHigh = gate.atMost !== null && high > gate.atMost;
  const value = gate.atLeast !== null ? low : high;
  const shown = `${what}: ${value.toFixed(4)}${margin > 0 ? ` (${measured.value.toFixed(4)} ± ${margin.toFixed(4)})` : ""}`;
  const limits = [gate.atLeast === null ? null : `at least ${gate.atLeast}`, gate.atMost === null ? null : `at most ${gate.atMost}`].filter((limit) => limit !== null).join(" and ");
  return { gate, passed: !tooLow && !tooHigh, value, message: `${shown}, ${tooLow || tooHigh ? "not " : ""}${limits}` };
}

/** The metric, or by how much it is better than the best baseline's (a difference of two estimates on the same rows, taken as independent, which is on the safe side). */
function measure(gate: Gate, evaluation: Evaluation, part: UsedSide): Measured | null {
  const own = resultOf(scoresOf(gate, evaluation, part), gate.metric);
  if (own === null || gate.versus === null) return own;
  const maximize = evaluation.metrics.find(({ name }) => name === gate.metric)?.direction === "maximize";
  const others = Object.values(evaluation.baselines).map((parts) => resultOf(parts[part], gate.metric)).filter((result) => result !== null);
  if (others.length === 0) return null;
  const best = others.reduce((left, right) => ((maximize ? right.value > left.value : right.value < left.value) ? right : left));
  const standardError = own.standardError === null || best.standardError === null ? null : Math.hypot(own.standardError, best.standardError);
  return { value: maximize ? own.value - best.value : best.value - own.value, standardError };
}

/** The mean over the parts; slices and baselines are not cross-validated. */
function crossValidated({ metric, slice, versus }: Gate, result: CrossValidation | null): Measured | null {
  const found = slice === null && versus === null ? result?.metrics.find(({ name }) => name === metric) : undefined;
  return found === undefined || found.mean === null ? null : { value: found.mean, standardError: found.standardError };
}

function scoresOf({ slice }: Gate, evaluation: Evaluation, part: UsedSide): Scores | undefined {
  if (slice === null) return evaluation.parts[part];
  const at = slice.indexOf("=");
  return evaluation.slices[slice.slice(0, at)]?.[slice.slice(at + 1)]?.[part];
}

function resultOf(scores: Scores | undefined, metric: string): Measured | null {
  const result: MetricResult | undefined = scores?.metrics[metric];
  return result === undefined || result.value === null ? null : { value: result.value, standardError: result.standardError };
}

function describe({ metric, part, slice, versus }: Gate): string {
  return `${metric} on ${part}${slice === null ? "" : `, ${slice}`}${versus === null ? "" : ", better than the best baseline by"}`;
}
