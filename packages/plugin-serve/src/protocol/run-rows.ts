import type { Frame } from "@millrace/core";
import type { Batch } from "../engine/batch.js";
import type { Breaker } from "../engine/breaker.js";
import { unavailable } from "../engine/failures.js";
import type { Exchange } from "../http/exchange.js";
import type { Flag } from "../inputs/input-reader.js";
import type { Served } from "../models/served.js";
import type { PredictLimits } from "./predict-limits.js";

/** Reads rows into the open batch of a model, waits for its outputs, and writes the answer from them while they are there. */
export function runRows<Answer>(exchange: Exchange, { lane, breaker }: Served, { deadlineMs }: PredictLimits, read: (batch: Batch) => readonly Flag[], write: (frame: Frame, from: number, flags: readonly Flag[]) => Answer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (!breaker.admits()) return reject(unavailable());
    const batch = lane.open();
    const from = batch.length;
    const flags = orRelease(() => read(batch), breaker);
    lane.submit({
      from,
      to: batch.length,
      arrived: exchange.arrived,
      deadline: exchange.arrived + deadlineMs,
      done(frame, at, error) {
        if (frame === null) {
          if (BROKEN.has(error!.code)) breaker.failed();
          else breaker.released();
          return reject(error!);
        }
        breaker.succeeded();
        try {
          resolve(write(frame, at, flags));
        } catch (cause) {
          reject(cause as Error);
        }
      },
    });
  });
}

/** A request that was refused says nothing about the model. */
function orRelease<T>(read: () => T, breaker: Breaker): T {
  try {
    return read();
  } catch (error) {
    breaker.released();
    throw error;
  }
}

/** What says that the model is broken, and not that the server is busy. */
const BROKEN: ReadonlySet<string> = new Set(["SERVE_FAILED", "SERVE_DEADLINE"]);
