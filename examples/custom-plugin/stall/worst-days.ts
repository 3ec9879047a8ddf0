import { openFrames, openSplit, putJson, readBytes, select, sideCode, signatureOf, take, toFloat64, toRows, type Json, type Row, type Step, type Use } from "@millrace/core";

/** How many to keep. */
const MOST = 5;

interface Day {
  readonly row: Row;
  readonly predicted: number;
  readonly error: number;
}

/** Keeps the test days on which the model was farthest off, for people to look at: an artifact of every run, and a line of its summary. */
export const worstDays: Step = {
  place: "executor",
  plan(model, tasks) {
    const from = (step: string, output: string) => ({ task: `${model.name}/${step}`, output });
    const inputs = { frames: from("read", "frames"), split: from("split", "split"), model: from(model.after.length > 0 ? "after" : "train", "model") };
    return [...tasks, { id: `${model.name}/worst-days`, step: "worst-days", inputs, options: { target: model.columns.target }, uses: { runtime: model.runtime }, after: [] }];
  },
  async run(task, { artifacts, create, progress }) {
    const { target } = task.options as { readonly target: string };
    const onnx = await readBytes(artifacts, task.inputs["model"]!);
    const runtime = await create("runtime", task.uses["runtime"] as Use<"runtime">);
    await using predictor = await runtime.load({ onnx, signature: signatureOf(onnx)! });
    const frames = await openFrames(artifacts, task.inputs["frames"]!);
    const split = await openSplit(artifacts, task.inputs["split"]!);
    const names = predictor.input.map(({ name }) => name);
    let worst: readonly Day[] = [];
    let rows = 0;
    for await (const { index, frame } of frames.parts()) {
      const sides = await split.sides(index);
      const days = take(frame, Int32Array.from([...sides.keys()].filter((row) => sides[row] === sideCode("test"))));
      const predicted = toFloat64((await predictor.predict(select(days, names))).column("prediction"));
      const sold = toFloat64(days.column(target));
      const found = toRows(days).map((row, at): Day => ({ row, predicted: predicted[at]!, error: Math.abs(predicted[at]! - sold[at]!) }));
      worst = [...worst, ...found].sort((left, right) => right.error - left.error).slice(0, MOST);
      rows += days.length;
      await progress(null, "looking for the worst days");
    }
    const { rows: all } = frames.manifest;
    return {
      outputs: { days: await putJson(artifacts, worst as unknown as Json) },
      ledger: { rowsIn: all, rowsOut: rows, dropped: [{ reason: "not on the test side", rows: all - rows }] },
      summary: { worst: worst.map(({ row, predicted, error }) => `${String(row["day"] ?? "")}: off by ${error.toFixed(1)} (${predicted.toFixed(1)} predicted)`) },
    };
  },
};
