import { slice, type Field, type Frame, type Predictor } from "@millrace/core";
import { createBatch, frameOf, type Batch } from "./batch.js";
import { asFailure, deadlineMissed } from "./failures.js";
import { faultyRow } from "./faulty-row.js";
import type { Job, Lane } from "./lane.js";
import type { LaneEvents } from "./lane-events.js";

interface Filled {
  readonly batch: Batch;
  readonly jobs: Job[];
}

export interface LocalLaneParts {
  readonly predictor: Predictor;
  readonly inputs: readonly Field[];
  readonly events: LaneEvents;
  /** Rows of a batch, unless one request has more, or more than the one before it. */
  readonly mostRows: number;
  /** Does something when the rows of this turn of the event loop are there. Default: setImmediate. */
  readonly soon?: (act: () => void) => void;
}

/**
 * Runs batches in this process. What arrives in one turn of the event loop is one batch: waiting longer never paid off, since the run of a
 * small model blocks the loop anyway and what arrives meanwhile is the next batch. A batch in which another request finds no
 * room is closed, and the next one runs a turn later.
 */
export function localLane({ predictor, inputs, events, mostRows, soon = setImmediate }: LocalLaneParts): Lane {
  const closed: Filled[] = [];
  let filling: Filled = { batch: createBatch(inputs), jobs: [] };
  let running: Promise<void> | null = null;
  let scheduled = false;
  let pending = 0;
  let idle: (() => void) | null = null;

  const close = (): void => {
    closed.push(filling);
    filling = { batch: createBatch(inputs), jobs: [] };
  };
  const flush = (): void => {
    scheduled = false;
    if (running !== null) return;
    if (closed.length === 0 && filling.jobs.length > 0) close();
    const next = closed.shift();
    if (next === undefined) return;
    const { batch, jobs } = next;
    running = settled(jobs, () => runJobs(frameOf(batch, inputs), jobs, predictor, events)).finally(() => {
      running = null;
      pending -= jobs.length;
      if (pending === 0) idle?.();
      flush();
    });
  };

  return {
    place: "in-process",
    open() {
      // How long the next request is shows when it has been read; most are as long as the one before.
      const latest = filling.jobs.at(-1);
      if (latest !== undefined && filling.batch.length + latest.to - latest.from > mostRows) close();
      return filling.batch;
    },
    get age() {
      const oldest = closed[0]?.jobs[0] ?? filling.jobs[0];
      return oldest === undefined ? 0 : performance.now() - oldest.arrived;
    },
    get pending() {
      return pending;
    },
    submit(job) {
      filling.jobs.push(job);
      pending++;
      if (scheduled || running !== null) return;
      scheduled = true;
      soon(flush);
    },
    async [Symbol.asyncDispose]() {
      if (pending > 0) await new Promise<void>((resolve) => (idle = resolve));
      await predictor[Symbol.asyncDispose]();
    },
  };
}

/** Whatever is thrown, every job hears of it, and nothing reaches the event loop. */
async function settled(jobs: readonly Job[], run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    for (const job of jobs) job.done(null, 0, asFailure(error));
  }
}

/** Answers every job: those whose time is up without running them, the others by halves where a batch fails, until the one at fault fails alone. */
async function runJobs(frame: Frame, jobs: readonly Job[], predictor: Predictor, events: LaneEvents): Promise<void> {
  const now = performance.now();
  const live = jobs.filter((job) => job.deadline > now);
  for (const job of jobs) if (job.deadline <= now) job.done(null, 0, deadlineMissed());
  if (live.length > 0) await runSome(frame, live, predictor, events);
}

async function runSome(frame: Frame, jobs: readonly Job[], predictor: Predictor, events: LaneEvents): Promise<void> {
  const from = jobs[0]!.from;
  const rows = slice(frame, from, jobs.at(-1)!.to);
  const started = performance.now();
  for (const job of jobs) events.waited(started - job.arrived);
  let outputs: Frame;
  try {
    outputs = await predictor.predict(rows);
  } catch (error) {
    if (jobs.length === 1) return jobs[0]!.done(null, 0, asFailure(error, await faultyRow(rows, (some) => predictor.predict(some))));
    const middle = jobs.length >> 1;
    await runSome(frame, jobs.slice(0, middle), predictor, events);
    return runSome(frame, jobs.slice(middle), predictor, events);
  }
  events.batch(rows.length, performance.now() - started);
  for (const job of jobs) job.done(outputs, job.from - from, null);
}
