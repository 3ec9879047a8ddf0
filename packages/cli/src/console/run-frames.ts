import { createFrame, field, MASKED, MillraceError, openFrames, openSplit, SIDES, suggest, textColumn, withColumn, type Batches, type Column, type Digest, type Frame, type RunRecord, type TaskRecord } from "@millrace/core";
import type { Engine } from "@millrace/core/engine";

/** The rows of a model as the latest run that read them left them. */
export interface RunFrames {
  readonly model: string;
  readonly run: string;
  readonly rows: number;
  /** Raw columns, those marked `pii` masked, and `$part`: the row's side of the split. */
  batches(): Batches;
}

const MOST_RUNS = 50;

/** The frames of every model of the config that a run has read. */
export async function runFrames(engine: Engine): Promise<readonly RunFrames[]> {
  const runs = await engine.store.find("run", { order: { member: "startedAt", direction: "descending" }, limit: MOST_RUNS });
  const found = await Promise.all(
    engine.config.models.map(async ({ name, columns: { pii } }) => {
      for (const { id, value } of runs) {
        const [read, split] = await Promise.all([outputsOf(engine, value, `${name}/read`), outputsOf(engine, value, `${name}/split`)]);
        if (read?.["frames"] === undefined) continue;
        const frames = await openFrames(engine.artifacts, read["frames"]);
        return [{ model: name, run: id, rows: frames.manifest.rows, batches: () => batchesOf(engine, read["frames"]!, split?.["split"] ?? null, pii) }];
      }
      return [];
    }),
  );
  return found.flat();
}

/** What a task of a run left, whether it ran then or was reused. */
async function outputsOf({ store }: Engine, { tasks }: RunRecord, task: string): Promise<TaskRecord["outputs"] | null> {
  const outcome = tasks.find((one) => one.task === task && (one.status === "succeeded" || one.status === "reused"));
  if (outcome === undefined || outcome.key === null) return null;
  return (await store.get("task", outcome.key))?.value.outputs ?? null;
}

async function* batchesOf({ artifacts }: Engine, frames: Digest, split: Digest | null, pii: readonly string[]): Batches {
  const [opened, sides] = await Promise.all([openFrames(artifacts, frames), split === null ? null : openSplit(artifacts, split)]);
  for await (const { index, frame } of opened.parts()) {
    const shown = withMasks(frame, pii);
    if (sides === null) yield shown;
    else yield withColumn(shown, field("$part", "string"), { dtype: "string", codes: Int32Array.from(await sides.sides(index), (side) => side + 1), dictionary: ["", ...SIDES] });
  }
}

function withMasks(frame: Frame, pii: readonly string[]): Frame {
  if (pii.length === 0) return frame;
  const mask = textColumn(Array.from({ length: frame.length }, () => MASKED));
  const columns = frame.fields.map((one): readonly [typeof one, Column] => (pii.includes(one.name) ? [field(one.name, "string"), mask] : [one, frame.column(one.name)]));
  return createFrame(columns.map(([one]) => one), columns.map(([, column]) => column), frame.length);
}

/** The frames of one model. Throws CONSOLE_NO_FRAMES. */
export function framesOf(all: readonly RunFrames[], model: string): RunFrames {
  const found = all.find((one) => one.model === model);
  if (found !== undefined) return found;
  throw new MillraceError({ code: "CONSOLE_NO_FRAMES", message: `No run has read rows of "${model}".`, mend: all.length === 0 ? "Run the project first: millrace run" : suggest(model, all.map((one) => one.model)), facts: { model } });
}
