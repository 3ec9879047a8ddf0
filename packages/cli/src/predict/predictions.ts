import { fromRows, rechunk, type Batches, type Frame, type Json, type Source } from "@millrace/core";
import type { LoadedModel } from "@millrace/core/model";
import { beside, conform } from "../conform.js";
import type { PredictionParts } from "./prediction-parts.js";
import type { RowProgress } from "./row-progress.js";

/** Rows that go through the model together, and are kept together. */
export const PART_ROWS = 65_536;

export interface Predicting {
  readonly source: Source;
  readonly model: Pick<LoadedModel, "signature" | "predictFrame">;
  readonly prefix: string;
  readonly signal: AbortSignal;
  /** Null: nothing is kept on the way. */
  readonly parts: PredictionParts | null;
  readonly progress: RowProgress;
}

async function* rowsOf(source: Source, signal: AbortSignal): Batches {
  for (const partition of await source.partitions()) yield* source.read({ partition, columns: null, asOf: null, keys: null }, signal);
}

/** The rows with their predictions. Those of a part that was made before are taken as they are. Where the file has no rows, one batch without rows: its columns are the header of what is written. */
export async function* predictions({ source, model, prefix, signal, parts, progress }: Predicting): Batches {
  const predict = (rows: Frame): Promise<Frame> => model.predictFrame(conform(rows, model.signature.inputs));
  let index = 0;
  for await (const rows of rechunk(rowsOf(source, signal), PART_ROWS)) {
    let predicted = (await parts?.get(index)) ?? null;
    if (predicted === null) {
      predicted = await predict(rows);
      await parts?.put(index, predicted);
    }
    index++;
    progress.add(rows.length);
    yield beside(rows, predicted, prefix);
  }
  if (index > 0) return;
  const none = fromRows(await source.fields(), []);
  yield beside(none, await predict(none), prefix);
}

/** All that predictions for a file depend on. */
export async function jobOf(source: Source, { version }: Pick<LoadedModel, "version">): Promise<Json> {
  return { model: version.onnx, rows: PART_ROWS, partitions: (await source.partitions()).map(({ id, digest }) => [id, digest]) };
}
