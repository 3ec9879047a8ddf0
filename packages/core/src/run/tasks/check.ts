import type { Check, Finding } from "../../contracts/check.js";
import type { Field, Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Columns } from "../../contracts/resolved.js";
import type { Step } from "../../contracts/step.js";
import type { Problem } from "../../contracts/trainer.js";
import { MASKED } from "../../errors/masked.js";
import { fuse } from "../../fold/fuse.js";
import { field } from "../../frame/frame.js";
import { withColumns } from "../../frame/take.js";
import { putJson } from "../../record/artifact-bytes.js";
import { checkFailed } from "../data/check-failed.js";
import { openFrames } from "../data/frames.js";
import { numbered } from "../data/numbered.js";
import { partMemory } from "../data/part-memory.js";
import { openSplit, SIDES } from "../data/sides.js";
import { targetColumn } from "../data/target.js";
import { usesOf } from "../data/uses.js";

interface CheckOptions extends Pick<Columns, "target" | "weight" | "key" | "group" | "ignore" | "pii"> {
  /** The columns that features read, where nothing else reaches the model; null: any may. */
  readonly reads: readonly string[] | null;
}

/** What `checkStep` does. */
export const runCheck: Step["run"] = async (task, context) => {
  const options = task.options as unknown as CheckOptions;
  const { target, pii } = options;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const split = await openSplit(context.artifacts, task.inputs["split"]!);
  const checks = await Promise.all(usesOf(task, "check").map((use) => context.create("check", use)));
  const candidates = candidatesOf(frames.manifest.fields, options);
  const fold = fuse(Object.fromEntries(checks.map((check: Check, index) => [String(index), check.fold(frames.manifest.fields, candidates)])));
  let partial = fold.start();
  using memory = partMemory();
  // Not in pieces: a sample of rows for each part costs more than its rows.
  for await (const { index, frame, firstRow } of frames.parts(memory)) {
    partial = fold.add(partial, checkFrame(frame, firstRow, await split.sides(index), target, split.manifest.problem));
    await context.progress((firstRow + frame.length) / frames.manifest.rows, "expectations");
  }
  const findings = Object.values(fold.finish(partial)).flat().map((finding) => masked(finding, pii));
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw checkFailed(errors);
  return {
    outputs: { findings: await putJson(context.artifacts, findings as unknown as Json) },
    ledger: { rowsIn: frames.manifest.rows, rowsOut: frames.manifest.rows, dropped: [] },
    summary: { checks: checks.length, warnings: findings.map(({ message }) => message) },
  };
};

/** The raw columns that the model may learn from. */
function candidatesOf(fields: readonly Field[], { target, weight, key, group, ignore, reads }: CheckOptions): readonly string[] {
  return fields.map(({ name }) => name).filter((name) => ![target, weight, key, group, ...ignore].includes(name) && (reads === null || reads.includes(name)));
}

/** The raw columns with `$row`, `$part` and `$target`. */
function checkFrame(frame: Frame, firstRow: number, sides: Uint8Array, target: string | null, problem: Problem | null): Frame {
  const codes = new Int32Array(sides.length);
  for (let row = 0; row < codes.length; row++) codes[row] = sides[row]! + 1;
  const part = { dtype: "string" as const, codes, dictionary: ["", ...SIDES] };
  const fields: Field[] = [field("$part", "string", { nullable: false })];
  const withRow = numbered(frame, firstRow);
  if (target === null || problem === null) return withColumns(withRow, fields, [part]);
  const [targetField, column] = targetColumn(frame, target, problem);
  return withColumns(withRow, [...fields, targetField], [part, column]);
}

/** Examples of a personal column, and those of several columns, among which one may be. */
function masked(finding: Finding, pii: readonly string[]): Finding {
  if (pii.length === 0 || (finding.column !== null && !pii.includes(finding.column))) return finding;
  return { ...finding, examples: finding.examples.map(({ row }) => ({ row, value: MASKED })) };
}
