import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { PlannedTask, Task } from "../../contracts/task.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { openFrames } from "./frames.js";
import { partitionNames } from "./no-rows.js";
import { openSplit, sideCode } from "./sides.js";

/** An infinity of a raw column with its row in read order: the number of a training row says nothing of where it stands in the data. Any other error comes back as it is. */
export async function withReadRow(thrown: unknown, { inputs }: Task, artifacts: ArtifactStore): Promise<unknown> {
  if (!MillraceError.is(thrown, "DATA_INFINITE")) return thrown;
  const { column } = thrown.facts;
  const { frames: framesDigest, split: splitDigest } = inputs;
  if (typeof column !== "string" || framesDigest === undefined || splitDigest === undefined) return thrown;
  const [frames, split] = await Promise.all([openFrames(artifacts, framesDigest), openSplit(artifacts, splitDigest)]);
  if (!frames.manifest.fields.some(({ name, dtype }) => name === column && (dtype === "float64" || dtype === "float32"))) return thrown;
  for await (const { index, firstRow, frame } of frames.parts()) {
    const { values } = frame.column(column) as { readonly values: Float32Array | Float64Array };
    const sides = await split.sides(index);
    const at = values.findIndex((value, row) => Math.abs(value) === Infinity && sides[row] === sideCode("train"));
    if (at >= 0) return extended(thrown, `In read order the first one is $row ${firstRow + at}, counted from 0.`, { $row: firstRow + at });
  }
  return thrown;
}

/** What is wrong with the data, with what the source read, which those steps do not know that see its rows only. */
export function withWhatWasRead(error: unknown, failed: PlannedTask, tasks: readonly PlannedTask[]): unknown {
  if (!MillraceError.is(error) || !error.code.startsWith("DATA_") || failed.step === "read") return error;
  const read = tasks.find(({ id, step }) => step === "read" && failed.id.startsWith(id.slice(0, -"read".length)));
  const partitions = Object.keys(read?.inputs ?? {}).flatMap((input) => (input.startsWith("partition.") ? [input.slice("partition.".length)] : []));
  return partitions.length === 0 ? error : extended(error, `The source read ${partitionNames(partitions)}.`, { partitions });
}

function extended(error: MillraceError, sentence: string, facts: MillraceError["facts"]): MillraceError {
  const longer = new MillraceError({ code: error.code, message: `${error.message} ${sentence}`, mend: error.mend, cause: error.cause, facts: { ...error.facts, ...facts } });
  if (error.stack !== undefined) longer.stack = error.stack.replace(error.message, longer.message);
  return longer;
}
