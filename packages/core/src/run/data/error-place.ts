import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Column } from "../../contracts/frame.js";
import type { Use } from "../../contracts/resolved.js";
import type { Source } from "../../contracts/source.js";
import type { PlannedTask, Task } from "../../contracts/task.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { openFrames } from "./frames.js";
import { partitionNames } from "./no-rows.js";
import { placeOfRow, type RowPlace } from "./row-place.js";
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

/** How what was read is read again, to tell where it stands. */
export interface Rereading {
  readonly tasks: readonly PlannedTask[];
  readonly signal: AbortSignal;
  createSource(use: Use<"source">): Promise<Source>;
}

/** What is wrong with the data, with its place in the source, or else with what the source read: those steps do not know it that see its rows only. */
export async function withSourcePlace(thrown: unknown, failed: PlannedTask, rereading: Rereading): Promise<unknown> {
  if (!MillraceError.is(thrown) || !thrown.code.startsWith("DATA_") || failed.step === "read") return thrown;
  const read = rereading.tasks.find(({ id, step }) => step === "read" && failed.id.startsWith(id.slice(0, -"read".length)));
  const partitions = Object.keys(read?.inputs ?? {}).flatMap((input) => (input.startsWith("partition.") ? [input.slice("partition.".length)] : []));
  if (read === undefined || partitions.length === 0) return thrown;
  // Rows of a sample have other numbers than those of the source, whose first infinity says as much.
  const isSampled = (read.options as { readonly sample?: number | null }).sample != null;
  // What was wrong must be told, whatever becomes of the search for its place.
  const found = await infinityInSource(thrown.facts, isSampled, read, rereading).catch(() => null);
  if (found === null) return extended(thrown, `The source read ${partitionNames(partitions)}.`, { partitions });
  return extended(thrown, `${isSampled ? "That is in the sample; the source's first infinity" : "It"} stands in ${found.text}.`, { partition: found.partition, line: found.line });
}

/** Where the infinity of a row in read order stands, or the first that there is; null where no row was named, or the source does not give the same any more. */
async function infinityInSource({ $row, column }: MillraceError["facts"], isFirst: boolean, read: PlannedTask, { createSource, signal }: Rereading): Promise<RowPlace | null> {
  if (typeof $row !== "number" || typeof column !== "string") return null;
  const source = await createSource(read.uses["source"] as Use<"source">);
  let firstRow = 0;
  for (const partition of await source.partitions()) {
    if (read.inputs[`partition.${partition.id}`] !== partition.digest) return null;
    let row = 0;
    for await (const frame of source.read({ partition, columns: [column], asOf: null, keys: null }, signal)) {
      const values = frame.column(column);
      const isInfinite = (at: number): boolean => Math.abs(numberAt(values, at)) === Infinity;
      const at = isFirst ? Array.from({ length: frame.length }, (_, index) => index).findIndex(isInfinite) : $row - firstRow - row;
      if (at >= 0 && at < frame.length) return isInfinite(at) ? placeOfRow(source, partition, row + at) : null;
      row += frame.length;
    }
    firstRow += row;
  }
  return null;
}

function numberAt(column: Column, row: number): number {
  return column.dtype === "string" ? Number(column.dictionary[column.codes[row]!]) : column.dtype === "float64" || column.dtype === "float32" ? column.values[row]! : NaN;
}

function extended(error: MillraceError, sentence: string, facts: MillraceError["facts"]): MillraceError {
  const longer = new MillraceError({ code: error.code, message: `${error.message} ${sentence}`, mend: error.mend, cause: error.cause, facts: { ...error.facts, ...facts } });
  if (error.stack !== undefined) longer.stack = error.stack.replace(error.message, longer.message);
  return longer;
}
