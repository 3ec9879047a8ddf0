import type { Batches, Field, Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Source } from "../../contracts/source.js";
import type { Step, StepContext } from "../../contracts/step.js";
import type { Task, TaskResult } from "../../contracts/task.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { toArrow } from "../../frame/arrow.js";
import { rechunk } from "../../frame/rechunk.js";
import { putBytes, putJson } from "../../record/artifact-bytes.js";
import type { FramesManifest } from "../data/frames.js";
import { noRows } from "../data/no-rows.js";
import { retype } from "../data/retype.js";
import { placeOfRow, type RowPlace } from "../data/row-place.js";
import { sampleRows } from "../data/sample.js";

/** Rows of a part at most: small enough to hold a few, large enough that a pass is not made of starts. */
export const PART_ROWS = 262_144;

interface ReadOptions {
  readonly sample: number | null;
  readonly seed: number;
  readonly types: Readonly<Record<string, string>>;
}

/** What `readStep` does. */
export const runRead: Step["run"] = async (task, context) => {
  const source = await context.create("source", task.uses["source"]!);
  const options = task.options as unknown as ReadOptions;
  let rowsRead = 0;
  const counted = async function* (): Batches {
    for await (const { frame, place } of partitionBatches(source, task, context)) {
      rowsRead += frame.length;
      yield await retype(frame, options.types, place);
    }
  };
  const batches = options.sample === null ? counted() : rechunk(sampleRows(counted(), options.sample, options.seed), PART_ROWS);
  const result = await writeParts(batches, () => rowsRead, options.sample, context);
  if (result === null) throw noRows(Object.keys(task.inputs).map((input) => input.slice("partition.".length)));
  return result;
};

/** Some rows of a partition, and where each of them stands. */
interface Batch {
  readonly frame: Frame;
  place(row: number): Promise<RowPlace>;
}

async function* partitionBatches(source: Source, task: Task, context: StepContext): AsyncIterable<Batch> {
  for (const partition of await source.partitions()) {
    if (task.inputs[`partition.${partition.id}`] !== partition.digest)
      throw new MillraceError({ code: "SOURCE_MOVED", message: `Partition "${partition.id}" of the source changed after the plan was made.`, mend: "Run again: the new plan sees the new data." });
    let firstRow = 0;
    for await (const frame of rechunk(source.read({ partition, columns: null, asOf: null, keys: null }, context.signal), PART_ROWS)) {
      const first = firstRow;
      yield { frame, place: (row) => placeOfRow(source, partition, first + row) };
      firstRow += frame.length;
    }
  }
}

/** Null where there is no row. */
async function writeParts(batches: Batches, rowsRead: () => number, sample: number | null, context: StepContext): Promise<TaskResult | null> {
  const parts: { digest: FramesManifest["parts"][number]["digest"]; rows: number }[] = [];
  let fields: readonly Field[] = [];
  let rows = 0;
  let bytes = 0;
  for await (const frame of batches) {
    if (parts.length === 0) fields = checkedFields(frame.fields);
    if (frame.length === 0) continue;
    const file = toArrow(frame);
    parts.push({ digest: await putBytes(context.artifacts, file), rows: frame.length });
    rows += frame.length;
    bytes += file.byteLength;
    await context.progress(null, `${rows.toLocaleString("en-US")} rows`);
  }
  if (rows === 0) return null;
  const manifest: FramesManifest = { fields, rows, parts };
  const dropped = sample === null ? [] : [{ reason: "not in the sample", rows: rowsRead() - rows }];
  return {
    outputs: { frames: await putJson(context.artifacts, manifest as unknown as Json), ...Object.fromEntries(parts.map(({ digest }, index) => [`part.${index}`, digest])) },
    ledger: { rowsIn: rowsRead(), rowsOut: rows, dropped },
    summary: { rows, columns: fields.length, parts: parts.length, bytes },
  };
}

function checkedFields(fields: readonly Field[]): readonly Field[] {
  const reserved = fields.find(({ name }) => name.startsWith("$"));
  if (reserved !== undefined)
    throw new MillraceError({ code: "DATA_RESERVED_NAME", message: `Column "${reserved.name}" begins with "$", which is reserved.`, mend: `Rename it in the source, for example: "${reserved.name}" AS ${reserved.name.slice(1)}.` });
  return fields;
}
