import { fromRows, rechunk, type Batches, type Frame, type Json, type Source } from "@millrace/core";
import type { LoadedModel } from "@millrace/core/model";
import type { Policy } from "@millrace/plugin-serve";
import { beside } from "./file-columns.js";
import type { CheckedRows, CheckRows } from "./input-checks.js";
import { withLine } from "./misfit-ledger.js";
import type { PredictionParts } from "./prediction-parts.js";
import type { RowProgress } from "./row-progress.js";

/** Rows that go through the model together, and are kept together. */
export const PART_ROWS = 65_536;

export interface Predicting {
  readonly source: Source;
  readonly model: Pick<LoadedModel, "signature" | "predictFrame">;
  readonly check: CheckRows;
  readonly prefix: string;
  readonly signal: AbortSignal;
  /** Null: nothing is kept on the way. */
  readonly parts: PredictionParts | null;
  readonly progress: RowProgress;
}

async function* rowsOf(source: Source, signal: AbortSignal): Batches {
  for (const partition of await source.partitions()) yield* source.read({ partition, columns: null, asOf: null, keys: null }, signal);
}

/**
 * The rows with their predictions. Those of a part that was made before are taken as they are; the rows are checked again, so that what is
 * said of them is the same. Where the file has no rows, one batch without rows: its columns are the header of what is written.
 */
export async function* predictions({ source, model, check, prefix, signal, parts, progress }: Predicting): Batches {
  const predict = async (rows: Frame, firstRow: number, part: number): Promise<Frame> => {
    const { inputs, flags } = await checked(check, rows, firstRow, source);
    const made = (await parts?.get(part, rows.length)) ?? null;
    const predicted = made ?? (await model.predictFrame(inputs));
    if (made === null) await parts?.put(part, predicted);
    const answered = beside(rows, predicted, prefix);
    return flags === null ? answered : beside(answered, flags, "");
  };
  let part = 0;
  for await (const rows of rechunk(rowsOf(source, signal), PART_ROWS)) {
    signal.throwIfAborted();
    const answered = await predict(rows, part * PART_ROWS, part);
    part++;
    progress.add(rows.length);
    yield answered;
  }
  if (part === 0) yield await predict(fromRows(await source.fields(), []), 0, 0);
}

async function checked(check: CheckRows, rows: Frame, firstRow: number, source: Source): Promise<CheckedRows> {
  try {
    return check(rows, firstRow);
  } catch (error) {
    throw await withLine(error, source);
  }
}

/** All that predictions for a file depend on. */
export async function jobOf(source: Source, { version, signature }: Pick<LoadedModel, "version" | "signature">, policy: (column: string) => Policy | null): Promise<Json> {
  const partitions = (await source.partitions()).map(({ id, digest }) => [id, digest]);
  return { model: version.onnx, rows: PART_ROWS, policies: signature.inputs.map(({ name }) => policy(name)), partitions };
}
