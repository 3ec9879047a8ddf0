import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Step, StepContext } from "../../contracts/step.js";
import type { Problem } from "../../contracts/trainer.js";
import { toFloat64 } from "../../frame/missing.js";
import { putBytes, putJson } from "../../record/artifact-bytes.js";
import { openFrames, type Frames } from "../data/frames.js";
import { partMemory, type PartMemory } from "../data/part-memory.js";
import { countSides, openSplit, SIDES, sideCode, type Side, type Split, type SplitManifest } from "../data/sides.js";
import { targetColumn } from "../data/target.js";
import { dealParts, type PartOfRows, type SidesOfPart } from "../split/cross-validation.js";

export interface ResplitOptions extends PartOfRows {
  readonly target: string | null;
}

/** What `resplitStep` does. */
export const runResplit: Step["run"] = async (task, context) => {
  const options = task.options as unknown as ResplitOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const split = await openSplit(context.artifacts, task.inputs["split"]!);
  const rows = Object.fromEntries(SIDES.map((side) => [side, 0])) as Record<Side, number>;
  using memory = partMemory();
  const sidesOf = await partOfRows(frames, split, { options, memory, context });
  const tested = classesOfPart(split.manifest.problem, options);
  const written: SplitManifest["parts"][number][] = [];
  for await (const { index, frame, firstRow } of frames.parts(memory)) {
    const sides = sidesOf(frame, firstRow, await split.sides(index));
    const counts = countSides(sides);
    tested.add(frame, sides);
    SIDES.forEach((side, code) => (rows[side] += counts[code]!));
    written.push({ digest: await putBytes(context.artifacts, sides), rows: counts });
    await context.progress((firstRow + frame.length) / frames.manifest.rows, `part ${options.part}`);
  }
  const strata = options.stratify === undefined ? [] : [["stratify", options.stratify] as const];
  const manifest: SplitManifest = { ...split.manifest, rule: "cross-validation", parts: written, rows, classRows: null, facts: [["part", options.part], ["parts", options.parts], ...strata] };
  return {
    outputs: { split: await putJson(context.artifacts, manifest as unknown as Json), ...Object.fromEntries(written.map(({ digest }, index) => [`part.${index}`, digest])) },
    ledger: { rowsIn: frames.manifest.rows, rowsOut: rows.train + rows.test, dropped: [{ reason: "not among the training rows", rows: rows["named by no side"] }] },
    summary: { train: rows.train, test: rows.test, ...tested.remarks() },
  };
};

/** Throws SPLIT_PARTS. */
async function partOfRows(frames: Frames, split: Split, { options, memory, context }: { readonly options: PartOfRows; readonly memory: PartMemory; readonly context: StepContext }): Promise<SidesOfPart> {
  const lookedAt = dealParts(options);
  for await (const { index, frame, firstRow } of frames.parts(memory)) {
    lookedAt.add(frame, firstRow, await split.sides(index));
    await context.progress(null, "looking at the rows");
  }
  return lookedAt.finish();
}

/** Which classes the part's own rows have. Without a target, or where it is a number, there is nothing to say. */
function classesOfPart(problem: Problem | null, { target, stratify, parts }: ResplitOptions): { add(frame: Frame, sides: Uint8Array): void; remarks(): { readonly remarks?: readonly string[] } } {
  if (target === null || problem === null || problem.kind === "regression") return { add() {}, remarks: () => ({}) };
  const all = problem.classes.length;
  const found = new Set<number>();
  const test = sideCode("test");
  return {
    add(frame, sides) {
      if (found.size === all) return;
      const codes = toFloat64(targetColumn(frame, target, problem)[1]);
      sides.forEach((side, row) => side === test && found.add(codes[row]!));
    },
    // The classes are not named: they may be personal data.
    remarks() {
      if (found.size === all) return {};
      const mend = `Fewer parts than ${parts}${stratify === target ? "" : ", or a split by random with stratify: true,"} can give it some.`;
      return { remarks: [`This part has no row of ${all - found.size} of the ${all} classes, so that a metric of such a class is undefined here, or 0. ${mend}`] };
    },
  };
}
