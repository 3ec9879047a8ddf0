import { extremes, foldBatches, fuse, openFrames, putBytes, textCounts, type Extremes, type Field, type Fold, type Frames, type Step, type TextCounts } from "@millrace/core";

/** Writes a Markdown sheet that describes the columns of a model's source: types, gaps, ranges. */
export const templateNameStep: Step = {
  place: "executor",
  plan: (model, tasks) => [
    ...tasks,
    { id: `${model.name}/template-name`, step: "template-name", inputs: { frames: { task: `${model.name}/read`, output: "frames" } }, options: {}, uses: {}, after: [] },
  ],
  async run(task, { artifacts, progress, signal }) {
    const frames = await openFrames(artifacts, task.inputs["frames"]!);
    const { fields, rows } = frames.manifest;
    const fold = fuse(Object.fromEntries(fields.map((field) => [field.name, describe(field)])));
    const lines = fold.finish(await foldBatches(fold, batches(frames, (done) => progress(done / rows, "describing columns")), signal));
    const sheet = [`# ${rows} rows`, "", "| column | type | missing | values |", "| --- | --- | --- | --- |", ...fields.map(({ name, dtype }) => `| ${name} | ${dtype} | ${lines[name]} |`), ""].join("\n");
    return { outputs: { sheet: await putBytes(artifacts, Buffer.from(sheet)) }, ledger: { rowsIn: rows, rowsOut: rows, dropped: [] }, summary: { columns: fields.length } };
  },
};

async function* batches(frames: Frames, tell: (done: number) => Promise<void>) {
  for await (const { frame, firstRow } of frames.parts()) {
    yield frame;
    await tell(firstRow + frame.length);
  }
}

/** The last two cells of a column's line. */
function describe({ name, dtype }: Field): Fold<string> {
  if (dtype === "string") return mapped(textCounts(name), ({ missing, counts }: TextCounts) => `${missing} | ${counts.size} texts`);
  return mapped(extremes(name), ({ missing, minimum, maximum }: Extremes) => `${missing} | ${minimum ?? "none"} to ${maximum ?? "none"}`);
}

function mapped<T>(fold: Fold<T>, text: (result: T) => string): Fold<string> {
  return { ...fold, finish: (partial) => text(fold.finish(partial)) };
}
