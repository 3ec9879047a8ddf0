import type { Fold } from "../../contracts/fold.js";
import type { Json } from "../../contracts/json.js";
import type { ResolvedModel } from "../../contracts/resolved.js";
import type { Step, StepContext } from "../../contracts/step.js";
import { MASKED } from "../../errors/masked.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { putBytes, putJson } from "../../record/artifact-bytes.js";
import { openFrames, type Frames } from "../data/frames.js";
import { numbered, requireColumns } from "../data/numbered.js";
import { partMemory } from "../data/part-memory.js";
import { countSides, ledgerOf, SIDES, type Side, type SplitManifest } from "../data/sides.js";
import { columnRule } from "../split/column.js";
import { hashRule } from "../split/hash.js";
import { labelledSides } from "../split/labels.js";
import { classCounter } from "../split/problem.js";
import { randomRule } from "../split/random.js";
import type { SplitRule, SplitRuleContext } from "../split/rule.js";
import { timeRule } from "../split/time.js";

const RULES: Readonly<Record<ResolvedModel["split"]["rule"], (context: SplitRuleContext) => SplitRule>> = { time: timeRule, hash: hashRule, random: randomRule, column: columnRule };

export interface SplitOptions {
  readonly rule: ResolvedModel["split"]["rule"];
  readonly with: Readonly<Record<string, Json>>;
  readonly columns: Pick<ResolvedModel["columns"], "key" | "time" | "target" | "group" | "positive" | "horizon" | "task" | "weight" | "pii">;
  readonly seed: number;
  /** Every column that the config names, by its place: all mistakes in names are found here, before anything is learnt. */
  readonly named: Readonly<Record<string, string>>;
}

/** What `splitStep` does. */
export const runSplit: Step["run"] = async (task, context) => {
  const options = task.options as unknown as SplitOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  requireColumns(frames.manifest.fields, options.named);
  const rule = RULES[options.rule]({ columns: options.columns as ResolvedModel["columns"], with: options.with, seed: options.seed });
  const { assign, facts } = await rule((fold) => passOver(frames, fold, context));
  const label = await labelledSides(options.columns, (fold) => passOver(frames, fold, context));
  const counter = classCounter(options.columns);
  const rows = Object.fromEntries(SIDES.map((side) => [side, 0])) as Record<Side, number>;
  const parts: SplitManifest["parts"][number][] = [];
  for await (const { frame, firstRow } of frames.parts()) {
    const sides = label(frame, assign(frame, firstRow));
    const counts = countSides(sides);
    SIDES.forEach((side, code) => (rows[side] += counts[code]!));
    counter.add(frame, sides);
    parts.push({ digest: await putBytes(context.artifacts, sides), rows: counts });
    await context.progress((firstRow + frame.length) / frames.manifest.rows, "sides");
  }
  if (rows.train === 0)
    throw new MillraceError({ code: "DATA_EMPTY_SIDE", message: `The split leaves no training rows: ${describe(rows)}.`, mend: "Change the split's windows or shares, or read more data.", facts: { rows } });
  const { problem, classRows } = counter.finish();
  const manifest: SplitManifest = { rule: options.rule, problem, parts, rows, classRows, facts: shownFacts(facts, options) };
  return {
    outputs: { split: await putJson(context.artifacts, manifest as unknown as Json), ...Object.fromEntries(parts.map(({ digest }, index) => [`part.${index}`, digest])) },
    ledger: ledgerOf(frames.manifest.rows, rows),
    summary: { train: rows.train, validation: rows.validation, test: rows.test, problem: problem?.kind ?? null },
  };
};

/** Windows are told as moments of the time column, the last one among them. */
function shownFacts(facts: SplitManifest["facts"], { columns: { time, pii }, rule }: SplitOptions): SplitManifest["facts"] {
  return rule === "time" && time !== null && pii.includes(time) ? facts.map(([name]) => [name, MASKED]) : facts;
}

async function passOver<Result>(frames: Frames, fold: Fold<Result>, context: StepContext): Promise<Result> {
  let partial = fold.start();
  using memory = partMemory();
  for await (const { frame, firstRow } of frames.parts(memory)) {
    partial = fold.add(partial, numbered(frame, firstRow));
    await context.progress(null, "looking at the rows");
  }
  return fold.finish(partial);
}

function describe(rows: Readonly<Record<Side, number>>): string {
  return SIDES.filter((side) => rows[side] > 0).map((side) => `${side} ${rows[side]}`).join(", ");
}
