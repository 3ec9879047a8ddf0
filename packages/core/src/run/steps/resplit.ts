import type { Json } from "../../contracts/json.js";
import type { Columns } from "../../contracts/resolved.js";
import type { Step } from "../../contracts/step.js";
import { putBytes, putJson } from "../../record/artifact-bytes.js";
import { openFrames } from "../data/frames.js";
import { countSides, openSplit, SIDES, sideCode, type Side, type SplitManifest } from "../data/sides.js";
import { crossValidationSuffixes } from "../data/variants.js";
import { units } from "../split/unit-hash.js";

interface ResplitOptions extends Pick<Columns, "group" | "key"> {
  readonly parts: number;
  readonly part: number;
  readonly seed: number;
}

/**
 * Cross-validation as splits: of the training rows one part becomes the test, all others stay; validation and test rows are left out.
 * What follows a split knows nothing of cross-validation. A group, or else a key, stays in one part.
 */
export const resplitStep: Step = {
  place: "executor",
  plan: (model, tasks) => [
    ...tasks,
    ...crossValidationSuffixes(model).map((suffix, part, all) => ({
      id: `${model.name}/split${suffix}`,
      step: "resplit",
      inputs: { frames: { task: `${model.name}/read`, output: "frames" }, split: { task: `${model.name}/split`, output: "split" } },
      options: { parts: all.length, part, seed: model.seed, group: (model.split.with["group"] as string | null | undefined) ?? model.columns.group, key: model.columns.key },
      uses: {},
      after: [],
    })),
  ],
  async run(task, context) {
    const { parts, part, seed, group, key } = task.options as unknown as ResplitOptions;
    const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
    const split = await openSplit(context.artifacts, task.inputs["split"]!);
    const rows = Object.fromEntries(SIDES.map((side) => [side, 0])) as Record<Side, number>;
    const [train, test, out] = [sideCode("train"), sideCode("test"), sideCode("named by no side")];
    const written: SplitManifest["parts"][number][] = [];
    for await (const { index, frame, firstRow } of frames.parts()) {
      const before = await split.sides(index);
      const unit = units(frame, firstRow, group ?? key, "cross-validation", seed);
      const sides = before.map((side, row) => (side !== train ? out : Math.floor(unit[row]! * parts) === part ? test : train));
      const counts = countSides(sides);
      SIDES.forEach((side, code) => (rows[side] += counts[code]!));
      written.push({ digest: await putBytes(context.artifacts, sides), rows: counts });
      await context.progress((firstRow + frame.length) / frames.manifest.rows, `part ${part}`);
    }
    const manifest: SplitManifest = { ...split.manifest, rule: "cross-validation", parts: written, rows, classRows: null, facts: [["part", part], ["parts", parts]] };
    return {
      outputs: { split: await putJson(context.artifacts, manifest as unknown as Json), ...Object.fromEntries(written.map(({ digest }, index) => [`part.${index}`, digest])) },
      ledger: { rowsIn: frames.manifest.rows, rowsOut: rows.train + rows.test, dropped: [{ reason: "not among the training rows", rows: rows["named by no side"] }] },
      summary: { train: rows.train, test: rows.test },
    };
  },
};
