import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Finding } from "../../contracts/check.js";
import type { Column } from "../../contracts/frame.js";
import type { Use } from "../../contracts/resolved.js";
import type { Partition, Source } from "../../contracts/source.js";
import type { PlannedTask, Task } from "../../contracts/task.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { checkFailed } from "./check-failed.js";
import { openFrames } from "./frames.js";
import { partitionNames } from "./no-rows.js";
import { placeOfRow, placesOfRows, type RowPlace } from "./row-place.js";
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
  const isOfData = MillraceError.is(thrown) && (thrown.code.startsWith("DATA_") || thrown.code === "CHECK_FAILED") && failed.step !== "read";
  const read = isOfData ? rereading.tasks.find(({ id, step }) => step === "read" && failed.id.startsWith(id.slice(0, -"read".length))) : undefined;
  if (!isOfData || read === undefined) return thrown;
  // What was wrong must be told, whatever becomes of the search for its place.
  if (thrown.code === "CHECK_FAILED") return withRowPlaces(thrown, read, rereading).catch(() => thrown);
  const found = await infinityInSource(thrown.facts, read, rereading).catch(() => null);
  const partitions = partitionsOf(read);
  if (found === null) return partitions.length === 0 ? thrown : extended(thrown, `The source read ${partitionNames(partitions)}.`, { partitions });
  return extended(thrown, `${isSampled(read) ? "That is in the sample; the source's first infinity" : "It"} stands in ${found.text}.`, { partition: found.partition, line: found.line });
}

function partitionsOf(read: PlannedTask): readonly string[] {
  return Object.keys(read.inputs).flatMap((input) => (input.startsWith("partition.") ? [input.slice("partition.".length)] : []));
}

/** Rows of a sample have other numbers than those of the source. */
function isSampled({ options }: PlannedTask): boolean {
  return (options as { readonly sample?: number | null }).sample != null;
}

/** Some rows of a partition again, in one column. */
interface Reread {
  readonly source: Source;
  readonly partition: Partition;
  /** Of the partition. */
  readonly from: number;
  /** In read order. */
  readonly firstRow: number;
  readonly length: number;
  readonly values: Column;
}

/** A column as it was read, the first where none is named; ends where the source does not give the same any more. */
async function* reread(column: string | null, read: PlannedTask, { createSource, signal }: Rereading): AsyncGenerator<Reread> {
  const source = await createSource(read.uses["source"] as Use<"source">);
  const name = column ?? (await source.fields())[0]!.name;
  let firstRow = 0;
  for (const partition of await source.partitions()) {
    if (read.inputs[`partition.${partition.id}`] !== partition.digest) return;
    let from = 0;
    for await (const frame of source.read({ partition, columns: [name], asOf: null, keys: null }, signal)) {
      yield { source, partition, from, firstRow, length: frame.length, values: frame.column(name) };
      from += frame.length;
      firstRow += frame.length;
    }
  }
}

/** Where the infinity of a row in read order stands, or of a sample the first that there is; null where no row was named. */
async function infinityInSource({ $row, column }: MillraceError["facts"], read: PlannedTask, rereading: Rereading): Promise<RowPlace | null> {
  if (typeof $row !== "number" || typeof column !== "string") return null;
  for await (const { source, partition, from, firstRow, length, values } of reread(column, read, rereading)) {
    const isInfinite = (at: number): boolean => Math.abs(numberAt(values, at)) === Infinity;
    const at = isSampled(read) ? Array.from({ length }, (_, index) => index).findIndex(isInfinite) : $row - firstRow;
    if (at >= 0 && at < length) return isInfinite(at) ? placeOfRow(source, partition, from + at) : null;
  }
  return null;
}

/** The rows that break expectations, where they stand in the source. */
async function withRowPlaces(error: MillraceError, read: PlannedTask, rereading: Rereading): Promise<MillraceError> {
  const findings = error.facts["findings"] as readonly Finding[];
  const rows = [...new Set(findings.flatMap(({ examples }) => examples.map(({ row }) => row)))].sort((left, right) => left - right);
  if (rows.length === 0 || isSampled(read)) return error;
  const places = new Map<number, RowPlace>();
  let asked: { readonly source: Source; readonly partition: Partition; readonly rows: number[]; readonly at: number[] } | null = null;
  const place = async (): Promise<void> => {
    if (asked === null) return;
    const { source, partition, rows: ids, at } = asked;
    (await placesOfRows(source, partition, at)).forEach((found, index) => places.set(ids[index]!, found));
    asked = null;
  };
  let next = 0;
  for await (const { source, partition, from, firstRow, length } of reread(null, read, rereading)) {
    if (asked !== null && asked.partition !== partition) await place();
    for (; next < rows.length && rows[next]! < firstRow + length; next++) {
      asked ??= { source, partition, rows: [], at: [] };
      asked.rows.push(rows[next]!);
      asked.at.push(from + rows[next]! - firstRow);
    }
    if (next === rows.length) break;
  }
  await place();
  return sameStack(error, checkFailed(findings, places));
}

function numberAt(column: Column, row: number): number {
  return column.dtype === "string" ? Number(column.dictionary[column.codes[row]!]) : column.dtype === "float64" || column.dtype === "float32" ? column.values[row]! : NaN;
}

function extended(error: MillraceError, sentence: string, facts: MillraceError["facts"]): MillraceError {
  return sameStack(error, new MillraceError({ code: error.code, message: `${error.message} ${sentence}`, mend: error.mend, cause: error.cause, facts: { ...error.facts, ...facts } }));
}

function sameStack(error: MillraceError, longer: MillraceError): MillraceError {
  if (error.stack !== undefined) longer.stack = error.stack.replace(error.message, longer.message);
  return longer;
}
