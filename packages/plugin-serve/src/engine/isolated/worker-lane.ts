import { MillraceError, slice, type Field, type Frame } from "@millrace/core";
import { createBatch, frameOf, type Batch } from "../batch.js";
import { asFailure, unavailable } from "../failures.js";
import { faultyRow } from "../faulty-row.js";
import type { Lane } from "../lane.js";
import type { LaneEvents } from "../lane-events.js";
import { createDeadlines, type Ticket } from "./deadlines.js";
import { createWorkerKeeper, type StartWorker, type WorkerKeeper } from "./worker-keeper.js";
import type { ModelWorker } from "./start-worker.js";

/** Rows that go to a worker at once, at most, unless one request has more: a long queue is many batches, so that one that is lost costs few their time. */
const MOST_ROWS = 4_096;
/** A batch that a worker was lost on is tried again in so many parts: two of these find one row among 64 with few losses. */
const PARTS = 8;
/** A job whose rows were alone with a lost worker so often fails. */
const ATTEMPTS = 2;

export interface WorkerLaneParts {
  readonly inputs: readonly Field[];
  readonly workers: readonly ModelWorker[];
  readonly start: StartWorker;
  readonly events: LaneEvents;
  /** Does something when the rows of this turn of the event loop are there. Default: setImmediate. */
  readonly soon?: (act: () => void) => void;
}

/** Rows for one run: the frame's first row is row `base` of the batch that the jobs' places count in. */
interface Work {
  readonly frame: Frame;
  readonly base: number;
  readonly tickets: readonly Ticket[];
}

interface Slot {
  readonly keeper: WorkerKeeper;
  running: Work | null;
}

/** Runs batches in processes that can be killed. What arrives while all workers are busy is the next batch. */
export function workerLane({ inputs, workers, start, events, soon = setImmediate }: WorkerLaneParts): Lane {
  const slots: Slot[] = [];
  const waiting: Work[] = [];
  let filling: { readonly batch: Batch; readonly tickets: Ticket[] } = { batch: createBatch(inputs), tickets: [] };
  let scheduled = false;
  let idle: (() => void) | null = null;
  const deadlines = createDeadlines(endUnwanted);

  /** A worker that runs what nobody waits for any more is killed: there is no other way to end a run. */
  function endUnwanted(): void {
    for (const { keeper, running } of slots) if (running !== null && running.tickets.every(({ isSettled }) => isSettled)) keeper.worker?.kill();
    done();
  }
  function done(): void {
    if (deadlines.pending === 0) idle?.();
  }
  function seal(): void {
    if (filling.tickets.length === 0) return;
    const { batch, tickets } = filling;
    filling = { batch: createBatch(inputs), tickets: [] };
    try {
      waiting.push({ frame: frameOf(batch, inputs), base: 0, tickets });
    } catch (error) {
      for (const ticket of tickets) deadlines.settle(ticket, null, 0, asFailure(error));
    }
  }
  function dispatch(): void {
    scheduled = false;
    if (slots.length > 0 && slots.every(({ keeper }) => keeper.isEjected)) refuseAll();
    for (const slot of slots) {
      if (slot.running !== null || slot.keeper.worker === null) continue;
      if (waiting.length === 0) seal();
      const work = nextWork(waiting);
      if (work === null) return;
      void run(slot, slot.keeper.worker, work);
    }
  }
  function refuseAll(): void {
    seal();
    for (const { tickets } of waiting.splice(0)) for (const ticket of tickets) deadlines.settle(ticket, null, 0, unavailable());
    done();
  }
  async function run(slot: Slot, worker: ModelWorker, work: Work): Promise<void> {
    slot.running = work;
    const started = performance.now();
    for (const { job } of work.tickets) events.waited(started - job.arrived);
    try {
      const outputs = await worker.run(work.frame);
      slot.keeper.succeeded();
      events.batch(work.frame.length, performance.now() - started);
      for (const ticket of work.tickets) deadlines.settle(ticket, outputs, ticket.job.from - work.base, null);
    } catch (error) {
      await again(work, worker, error);
    }
    slot.running = null;
    done();
    dispatch();
  }
  async function again(work: Work, worker: ModelWorker, error: unknown): Promise<void> {
    const isLost = MillraceError.is(error, "SERVE_WORKER_LOST");
    const live = work.tickets.filter(({ isSettled }) => !isSettled);
    if (isLost) for (const ticket of live) ticket.attempts++;
    const [only] = live;
    if (only === undefined) return;
    const isLast = !isLost || only.attempts >= ATTEMPTS;
    // A lost worker cannot be asked which row it was: only the runtime's own errors are told so closely.
    if (live.length === 1 && isLast) return deadlines.settle(only, null, 0, asFailure(error, isLost ? null : await faultyRow(narrowed(work, live).frame, worker.run)));
    waiting.unshift(...parts(work, live, live.length === 1 ? 1 : isLost ? PARTS : 2));
  }

  for (const worker of workers) slots.push({ keeper: createWorkerKeeper(worker, start, events, () => dispatch()), running: null });
  return {
    place: "isolated",
    open() {
      if (filling.batch.length >= MOST_ROWS) seal();
      return filling.batch;
    },
    get pending() {
      return deadlines.pending;
    },
    get age() {
      const [oldest] = waiting[0]?.tickets ?? filling.tickets;
      return oldest === undefined ? 0 : performance.now() - oldest.job.arrived;
    },
    submit(job) {
      filling.tickets.push(deadlines.add(job));
      if (scheduled) return;
      scheduled = true;
      soon(dispatch);
    },
    async [Symbol.asyncDispose]() {
      if (deadlines.pending > 0) await new Promise<void>((resolve) => (idle = resolve));
      await Promise.all(slots.map(({ keeper }) => keeper.stop()));
    },
  };
}

/** The first work with anyone who waits for it. */
function nextWork(waiting: Work[]): Work | null {
  for (;;) {
    const work = waiting.shift();
    if (work === undefined) return null;
    const tickets = work.tickets.filter(({ isSettled }) => !isSettled);
    if (tickets.length === work.tickets.length) return work;
    if (tickets.length > 0) return narrowed(work, tickets);
  }
}

/** The rows from the first to the last of these tickets. */
function narrowed({ frame, base }: Work, tickets: readonly Ticket[]): Work {
  const from = tickets[0]!.job.from;
  return { frame: slice(frame, from - base, tickets.at(-1)!.job.to - base), base: from, tickets };
}

function parts(work: Work, tickets: readonly Ticket[], count: number): readonly Work[] {
  const size = Math.ceil(tickets.length / count);
  return Array.from({ length: Math.ceil(tickets.length / size) }, (_, at) => narrowed(work, tickets.slice(at * size, (at + 1) * size)));
}
