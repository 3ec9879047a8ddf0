import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import type { ColumnProfile } from "../../fold/column-profile.js";
import { dataProfile } from "../../fold/data-profile.js";
import { putJson } from "../../record/artifact-bytes.js";
import { openFrames } from "../data/frames.js";
import { numbered } from "../data/numbered.js";
import { partMemory } from "../data/part-memory.js";
import { foldParts, mergeParts, type PartFold } from "../parts/fold-parts.js";

interface ProfileOptions {
  readonly pii: readonly string[];
}

/** What `profile` leaves, in the order of the columns. */
export interface DataProfile {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly profile: ColumnProfile }[];
}

/** What `profileStep` does. */
export const runProfile: Step["run"] = async (task, context) => {
  const { pii } = task.options as unknown as ProfileOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const { fields, rows, parts } = frames.manifest;
  const fold = dataProfile(fields, pii);
  const spans = foldParts(task, { fold: "profile", of: null, parts: [...parts.keys()] }, context.coordinator!);
  const found = fold.finish((await mergeParts(fold.merge, spans, (count) => context.progress(count / parts.length, "profile"))) ?? fold.start());
  const profile: DataProfile = { rows, columns: fields.map(({ name }, index) => ({ name, profile: found[index]! })) };
  return { outputs: { profile: await putJson(context.artifacts, profile as unknown as Json) }, ledger: { rowsIn: rows, rowsOut: rows, dropped: [] }, summary: { columns: fields.length, masked: fields.filter(({ name }) => pii.includes(name)).length } };
};

/** What each column of a part holds. */
export const foldProfile: PartFold = async (task, _, context) => {
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const fold = dataProfile(frames.manifest.fields, (task.options as unknown as ProfileOptions).pii);
  const memory = partMemory();
  return {
    kept: {},
    merge: fold.merge,
    async partial(index) {
      memory.nextPart();
      const { frame, firstRow } = await frames.part(index, memory.allocate);
      const partial: unknown = fold.add(fold.start(), numbered(frame, firstRow));
      await context.progress(null, "profile");
      return partial;
    },
    [Symbol.asyncDispose]: async () => memory[Symbol.dispose](),
  };
};
