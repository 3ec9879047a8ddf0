import type { LaneEvents } from "../lane-events.js";
import { afterLoss, HEALTHY, isEjected, pauseBefore, type WorkerHealth } from "./health.js";
import type { ModelWorker } from "./start-worker.js";

export type StartWorker = () => Promise<ModelWorker>;

/** Keeps a worker alive: one that is lost is started again, later after each loss in a row. */
export interface WorkerKeeper {
  /** Null: it is being started, or given up for now. */
  readonly worker: ModelWorker | null;
  readonly isEjected: boolean;
  /** A batch came back: what was lost before does not count any more. */
  succeeded(): void;
  stop(): Promise<void>;
}

/** `first` runs already; it is not started again while the keeper is stopped. `changed` hears of each worker that is there, or given up. */
export function createWorkerKeeper(first: ModelWorker, start: StartWorker, events: LaneEvents, changed: () => void): WorkerKeeper {
  let worker: ModelWorker | null = null;
  let health: WorkerHealth = HEALTHY;
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;

  function keep(one: ModelWorker): void {
    worker = one;
    events.started(one.pid);
    void one.ended.then(() => {
      worker = null;
      if (!isStopped) loss();
    });
    changed();
  }
  function loss(): void {
    health = afterLoss(health);
    events.lost();
    if (isEjected(health)) events.ejected();
    timer = setTimeout(() => void restart(), pauseBefore(health));
    changed();
  }
  async function restart(): Promise<void> {
    timer = null;
    try {
      const one = await start();
      if (isStopped) one.kill();
      else keep(one);
    } catch {
      if (!isStopped) loss();
    }
  }
  keep(first);
  return {
    get worker() {
      return worker;
    },
    get isEjected() {
      return worker === null && isEjected(health);
    },
    succeeded() {
      health = HEALTHY;
    },
    async stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      worker?.kill();
      await worker?.ended;
    },
  };
}
