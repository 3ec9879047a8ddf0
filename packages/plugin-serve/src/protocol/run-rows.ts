import type { Frame } from "@millrace/core";
import type { Batch } from "../engine/batch.js";
import type { Exchange } from "../http/exchange.js";
import type { Flag } from "../inputs/input-reader.js";
import type { Served } from "../models/served.js";
import type { PredictLimits } from "./predict-limits.js";

/** Reads rows into the open batch of a model, waits for its outputs, and writes the answer from them while they are there. */
export function runRows<Answer>(exchange: Exchange, { lane }: Served, { deadlineMs }: PredictLimits, read: (batch: Batch) => readonly Flag[], write: (frame: Frame, from: number, flags: readonly Flag[]) => Answer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const batch = lane.open();
    const from = batch.length;
    const flags = read(batch);
    lane.submit({
      from,
      to: batch.length,
      arrived: exchange.arrived,
      deadline: exchange.arrived + deadlineMs,
      done(frame, at, error) {
        if (frame === null) return reject(error!);
        try {
          resolve(write(frame, at, flags));
        } catch (cause) {
          reject(cause as Error);
        }
      },
    });
  });
}
