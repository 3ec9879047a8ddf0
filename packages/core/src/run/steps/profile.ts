import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { columnProfile, type ColumnProfile } from "../../fold/column-profile.js";
import { fuse } from "../../fold/fuse.js";
import { putJson } from "../../record/artifact-bytes.js";
import { openFrames } from "../data/frames.js";

/** What `profile` leaves, in the order of the columns. */
export interface DataProfile {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly profile: ColumnProfile }[];
}

/** What each raw column holds, in one pass; of personal data only how much there is. Nothing waits for it: reports read it. */
export const profileStep: Step = {
  place: "executor",
  plan: (model, tasks) => [
    ...tasks,
    {
      id: `${model.name}/profile`,
      step: "profile",
      inputs: { frames: { task: `${model.name}/read`, output: "frames" } },
      options: { pii: model.columns.pii },
      uses: {},
      after: [],
    },
  ],
  async run(task, context) {
    const { pii } = task.options as { readonly pii: readonly string[] };
    const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
    const { fields, rows } = frames.manifest;
    const fold = fuse(Object.fromEntries(fields.map((field, index) => [String(index), columnProfile(field, pii.includes(field.name))])));
    let partial = fold.start();
    for await (const { frame, firstRow } of frames.parts()) {
      partial = fold.add(partial, frame);
      await context.progress((firstRow + frame.length) / rows, "profile");
    }
    const found = fold.finish(partial) as Readonly<Record<string, ColumnProfile>>;
    const profile: DataProfile = { rows, columns: fields.map(({ name }, index) => ({ name, profile: found[String(index)]! })) };
    return { outputs: { profile: await putJson(context.artifacts, profile as unknown as Json) }, ledger: { rowsIn: rows, rowsOut: rows, dropped: [] }, summary: { columns: fields.length, masked: fields.filter(({ name }) => pii.includes(name)).length } };
  },
};
