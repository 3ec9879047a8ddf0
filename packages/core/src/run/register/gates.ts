import type { MetricResult } from "../../contracts/metric.js";
import type { Gate } from "../../contracts/resolved.js";
import { suggest } from "../../errors/nearest.js";
import { errorMargin } from "../../statistics/error-margin.js";
import type { UsedSide } from "../data/sides.js";
import type { Comparison } from "../evaluate/comparison.js";
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

/** What gates look at. */
export interface Judged {
  readonly evaluation: Evaluation;
  /** Null: the model was not cross-validated. */
  readonly crossValidation: CrossValidation | null;
  /** Null: no gate says `versus`. */
  readonly comparison: Comparison | null;
}

/** Judges gates. `confidence`: share of the two-sided interval whose worse end a `confidence` gate looks at. */
export function judgeGates(gates: readonly Gate[], judged: Judged, confidence: number): readonly GateOutcome[] {
  return gates.map((gate) => withoutRival(gate, judged.comparison) ?? withoutRows(gate, judged.evaluation) ?? judge(gate, measure(gate, judged), confidence));
}

interface Measured extends Pick<MetricResult, "standardError" | "degreesOfFreedom"> {
  readonly value: number;
}

/** A first model has no champion to beat, and a champion need not beat itself. */
function withoutRival(gate: Gate, comparison: Comparison | null): GateOutcome | null {
  if (gate.versus !== "champion" || comparison === null || comparison.champion === "another") return null;
  return { gate, passed: true, value: null, message: `${describe(gate)}: ${comparison.champion === "none" ? "there is no champion yet" : "it is the champion"}` };
}

/** A slice that no row of the part is in says nothing of the model: its value is mistyped, or its rows are gone. Training rows are not sliced. */
function withoutRows(gate: Gate, evaluation: Evaluation): GateOutcome | null {
  const { slice, part } = gate;
  if (slice === null || part === "train" || part === "cross-validation" || scoresOf(gate, evaluation, part) !== undefined) return null;
  const [column, value] = columnAndValue(slice);
  const there = Object.entries(evaluation.slices[column] ?? {}).flatMap(([name, parts]) => (parts[part] === undefined ? [] : [name]));
  return { gate, passed: false, value: null, message: `${describe(gate)}: no row of ${part} has ${slice}. ${suggest(value, there)}` };
}

/** `origin=JFK` in two; the value may hold "=" too. */
function columnAndValue(slice: string): readonly [string, string] {
  const at = slice.indexOf("=");
  return [slice.slice(0, at), slice.slice(at + 1)];
}

function judge(gate: Gate, measured: Measured | null, confidence: number): GateOutcome {
  const what = describe(gate);
  if (measured === null) return { gate, passed: false, value: null, message: `${what}: the metric is undefined on these rows` };
  const { standardError, degreesOfFreedom } = measured;
  if (gate.bound === "confidence" && standardError === null)
    return { gate, passed: false, value: null, message: `${what}: ${degreesOfFreedom === 0 ? "its error cannot be told from fewer than 2 groups of rows; judge it on more groups, or" : "the metric has no standard error;"} set the gate's bound to "point"` };
  const margin = gate.bound === "confidence" ? errorMargin(standardError!, degreesOfFreedom, confidence) : 0;
  const low = measured.value - margin;
  const high = measured.value + margin;
  // Better than a rival means more than the limit: two models that answer alike are not better than each other.
  const tooLow = gate.atLeast !== null && (gate.versus === null ? low < gate.atLeast : low <= gate.atLeast);
  const tooHigh = gate.atMost !== null && high > gate.atMost;
  const value = gate.atLeast !== null ? low : high;
  const shown = `${what}: ${value.toFixed(4)}${margin > 0 ? ` (${measured.value.toFixed(4)} ± ${margin.toFixed(4)})` : ""}`;
  const least = gate.versus === null ? "at least" : "more than";
  const limits = [gate.atLeast === null ? null : `${least} ${gate.atLeast}`, gate.atMost === null ? null : `at most ${gate.atMost}`].filter((limit) => limit !== null).join(" and ");
  return { gate, passed: !tooLow && !tooHigh, value, message: `${shown}, ${tooLow || tooHigh ? "but must be " : ""}${limits}` };
}

function measure(gate: Gate, { evaluation, crossValidation, comparison }: Judged): Measured | null {
  if (gate.part === "cross-validation") return crossValidated(gate, crossValidation);
  if (gate.versus === null) return resultOf(scoresOf(gate, evaluation, gate.part), gate.metric);
  const rivals = Object.entries(comparison?.parts[gate.part] ?? {}).filter(([name]) => (name === "champion") === (gate.versus === "champion"));
  const differences = rivals.map(([, byMetric]) => byMetric[gate.metric]);
  if (differences.length === 0 || differences.some((one) => one === undefined || one.difference === null)) return null;
  // The best rival is the one that the model is least better than.
  const least = differences.reduce((left, right) => (right!.difference! < left!.difference! ? right : left))!;
  return { ...least, value: least.difference! };
}

/** The mean over the parts; slices are not cross-validated. */
function crossValidated({ metric, slice }: Gate, result: CrossValidation | null): Measured | null {
  const found = slice === null ? result?.metrics.find(({ name }) => name === metric) : undefined;
  return found === undefined || found.mean === null ? null : { ...found, value: found.mean };
}

function scoresOf({ slice }: Gate, evaluation: Evaluation, part: UsedSide): Scores | undefined {
  if (slice === null) return evaluation.parts[part];
  const [column, value] = columnAndValue(slice);
  return evaluation.slices[column]?.[value]?.[part];
}

function resultOf(scores: Scores | undefined, metric: string): Measured | null {
  const result: MetricResult | undefined = scores?.metrics[metric];
  return result === undefined || result.value === null ? null : { ...result, value: result.value };
}

function describe({ metric, part, slice, versus }: Gate): string {
  return `${metric} on ${part}${slice === null ? "" : `, ${slice}`}${versus === null ? "" : versus === "champion" ? ", gain over the champion" : ", gain over the best baseline"}`;
}
