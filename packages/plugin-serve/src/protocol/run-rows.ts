import type { Frame } from "@millrace/core";
import type { Batch } from "../engine/batch.js";
import type { Breaker } from "../engine/breaker.js";
import { clientGone, unavailable } from "../engine/failures.js";
import type { Turns } from "../engine/turns.js";
import type { BodyRoom } from "../http/body-room.js";
import type { Exchange } from "../http/exchange.js";
import type { Served } from "../models/served.js";
import type { PredictLimits } from "./predict-limits.js";

/** What a request for predictions is answered with and bounded by. */
export interface PredictParts {
  readonly turns: Turns;
  readonly room: BodyRoom;
  readonly limits: PredictLimits;
}

/** Sends the answer, made from the outputs of a batch, of which the request's begin at row `from`. */
export type Answer = (outputs: Frame, from: number) => void;

/**
 * Waits for its turn, reads rows into the open batch of a model, waits for its outputs, and answers from them while they are there. An answer that
 * the promise held would outlive the request: the promise has grown old while it waited, and what an old object holds stays until all memory is
 * looked through.
 */
export function runRows(exchange: Exchange, { lane, breaker }: Served, { turns, limits }: PredictParts, read: (batch: Batch) => Answer): Promise<void> {
  return new Promise((resolve, reject) => {
    turns.push(() => {
      // A client that gave up while its request waited has no use for an answer, and others have one for the time.
      if (exchange.response.destroyed) return reject(clientGone());
      if (!breaker.admits()) return reject(unavailable());
      const batch = lane.open();
      const from = batch.length;
      let answer: Answer;
      try {
        answer = read(batch);
      } catch (error) {
        // A request that was refused says nothing about the model.
        breaker.released();
        return reject(error as Error);
      }
      lane.submit({
        from,
        to: batch.length,
        arrived: exchange.arrived,
        deadline: exchange.arrived + limits.deadlineMs,
        done(outputs, at, error) {
          tell(breaker, error?.code ?? null);
          if (outputs === null) return reject(error!);
          try {
            answer(outputs, at);
            resolve();
          } catch (cause) {
            reject(cause as Error);
          }
        },
      });
    });
  });
}

/** What says that the model is broken, and not that the server is busy. */
const BROKEN: ReadonlySet<string> = new Set(["SERVE_FAILED", "SERVE_DEADLINE"]);

function tell(breaker: Breaker, code: string | null): void {
  if (code === null) breaker.succeeded();
  else if (BROKEN.has(code)) breaker.failed();
  else breaker.released();
}
