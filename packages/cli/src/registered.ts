import type { MetricResult, RunRecord, TaskOutcome } from "@millrace/core";
import type { Evaluation, GateOutcome, Lineage, Scores } from "@millrace/core/engine";
import { modelVersionId, type Engine } from "@millrace/core/project";
import type { Judged } from "./print/metrics.js";
import { confidenceOf } from "./print/scores.js";
import { outputOf, readOrNull } from "./task-output.js";

/** What a run registered, as its register tasks tell. */
export interface Registered {
  readonly model: string;
  readonly version: number;
  readonly gates: "passed" | "failed";
  /** Aliases that point to the version now: a person may have moved one since a task that was reused. */
  readonly aliases: readonly string[];
  /** The version that the config's alias points to where it is another than this one; null where it is this one, or there is none. */
  readonly elsewhere: { readonly alias: string; readonly version: number } | null;
  /** A sentence for each gate that failed. */
  readonly failed: readonly string[];
  /** A sentence for each gate, in the order of the config. */
  readonly outcomes: readonly Pick<GateOutcome, "passed" | "message">[];
  /** Metrics by part, and of the baselines; null where their artifact is gone. */
  readonly evaluation: Judged | null;
  /** The share of the intervals that are told. */
  readonly confidence: number;
}

type Summary = Pick<Registered, "model" | "version" | "gates" | "failed"> & { readonly alias: string | null };

export async function registeredIn(record: RunRecord, engine: Engine): Promise<readonly Registered[]> {
  const ended = record.tasks.filter(({ step, status }) => step === "register" && (status === "succeeded" || status === "reused"));
  return Promise.all(ended.map((outcome) => registeredBy(outcome, engine)));
}

async function registeredBy(outcome: TaskOutcome, engine: Engine): Promise<Registered> {
  const { store } = engine;
  const { model, version, gates, failed, alias } = outcome.summary as unknown as Summary;
  const aliases = await store.find("alias", { where: { model, version } });
  const pointer = alias === null ? null : await store.get("alias", `${model}@${alias}`);
  const elsewhere = pointer === null || pointer.value.version === version ? null : { alias: pointer.value.alias, version: pointer.value.version };
  const judged = await outputOf(engine, outcome, "gates");
  const outcomes = (judged === null ? null : await readOrNull<readonly GateOutcome[]>(engine, judged)) ?? [];
  const made = (await store.get("model", modelVersionId(model, version)))?.value ?? null;
  const evaluation = made === null ? null : await readOrNull<Evaluation>(engine, made.metrics);
  const lineage = made === null ? null : await readOrNull<Lineage>(engine, made.lineage);
  return {
    model, version, gates, aliases: aliases.map(({ value }) => value.alias), elsewhere, failed,
    outcomes: outcomes.map(({ passed, message }) => ({ passed, message })),
    evaluation: evaluation === null ? null : withoutSlices(evaluation),
    confidence: confidenceOf(lineage),
  };
}

function withoutSlices({ metrics, parts, baselines }: Evaluation): Judged {
  return { metrics, parts, baselines };
}

/** As JSON tells it: the numbers alone. Curves and matrices, which may be long, are null. */
export function withoutPlots(registered: Registered): Registered {
  const { evaluation } = registered;
  if (evaluation === null) return registered;
  const numbers = (result: MetricResult): MetricResult => ({ ...result, plot: null });
  const scores = ({ rows, metrics }: Scores): Scores => ({ rows, metrics: mapped(metrics, numbers) });
  return { ...registered, evaluation: { metrics: evaluation.metrics, parts: mapped(evaluation.parts, scores), baselines: mapped(evaluation.baselines, (byPart) => mapped(byPart, scores)) } };
}

function mapped<From, To>(record: Readonly<Record<string, From | undefined>>, change: (one: From) => To): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).flatMap(([name, one]) => (one === undefined ? [] : [[name, change(one)] as const])));
}
