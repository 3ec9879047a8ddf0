import type { LaneEvents } from "../engine/lane-events.js";
import type { Flag } from "../inputs/input-reader.js";
import { createHistogram, LATENCY_BOUNDS, observe, ROW_BOUNDS, type Histogram } from "./histogram.js";

export type Protocol = "rows" | "v2";

/** What is counted of one model version. Durations are seconds. */
export interface ModelMeter extends LaneEvents {
  /** From the head of a request to its answer, by protocol. */
  readonly duration: Readonly<Record<Protocol, Histogram>>;
  readonly wait: Histogram;
  readonly run: Histogram;
  readonly batchRows: Histogram;
  /** Requests that failed or were refused, by code. */
  readonly failures: Map<string, number>;
  /** By column and kind, with a line end between. */
  readonly flags: Map<string, number>;
  readonly workers: { started: number; lost: number; ejected: number };
  /** Rows that were answered. */
  rows: number;
  answered(protocol: Protocol, seconds: number, rows: number, flags: readonly Flag[]): void;
  failed(code: string): void;
}

export function createModelMeter(): ModelMeter {
  const meter: ModelMeter = {
    duration: { rows: createHistogram(LATENCY_BOUNDS), v2: createHistogram(LATENCY_BOUNDS) },
    wait: createHistogram(LATENCY_BOUNDS),
    run: createHistogram(LATENCY_BOUNDS),
    batchRows: createHistogram(ROW_BOUNDS),
    failures: new Map(),
    flags: new Map(),
    workers: { started: 0, lost: 0, ejected: 0 },
    rows: 0,
    answered(protocol, seconds, rows, flags) {
      observe(meter.duration[protocol], seconds);
      meter.rows += rows;
      for (const { column, kind } of flags) add(meter.flags, `${column}\n${kind}`);
    },
    failed: (code) => add(meter.failures, code),
    waited: (milliseconds) => observe(meter.wait, milliseconds / 1_000),
    batch(rows, milliseconds) {
      observe(meter.batchRows, rows);
      observe(meter.run, milliseconds / 1_000);
    },
    started: () => void meter.workers.started++,
    lost: () => void meter.workers.lost++,
    ejected: () => void meter.workers.ejected++,
  };
  return meter;
}

export function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
