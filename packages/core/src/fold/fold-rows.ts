import type { Fold } from "../contracts/fold.js";
import type { Batches } from "../contracts/frame.js";
import { breather } from "./breathe.js";

/** The partial of a stream of rows. Yields to the event loop at least every 50 ms or batch; throws RUN_INTERRUPTED when the signal fires. */
export async function foldBatches<Result, Partial>(fold: Fold<Result, Partial>, batches: Batches, signal: AbortSignal): Promise<Partial> {
  const breathe = breather(signal);
  let partial = fold.start();
  await breathe();
  for await (const batch of batches) {
    partial = fold.add(partial, batch);
    await breathe();
  }
  return partial;
}

/** The partial of many parts: one partial a part, merged in the order of the parts, as workers that fold one part each would do it. */
export async function foldParts<Result, Partial>(fold: Fold<Result, Partial>, parts: Iterable<Batches> | AsyncIterable<Batches>, signal: AbortSignal): Promise<Partial> {
  let left: Partial | undefined;
  let isFirst = true;
  for await (const part of parts) {
    const right = await foldBatches(fold, part, signal);
    left = isFirst ? right : fold.merge(left as Partial, right);
    isFirst = false;
  }
  return isFirst ? fold.start() : (left as Partial);
}
