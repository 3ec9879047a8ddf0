import type { Served } from "../../models/served.js";
import { countOf, type Histogram } from "../../observe/histogram.js";

/** `GET /v2/models/{name}/stats`: the statistics extension of Triton. Durations are nanoseconds. */
export function modelStatistics(served: readonly Served[]): object {
  return { model_stats: served.map(oneOf) };
}

function oneOf({ model, number, meter }: Served): object {
  const { duration, wait, run, failures, rows } = meter;
  const answered = countOf(duration.rows) + countOf(duration.v2);
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  return {
    name: model,
    version: String(number),
    inference_count: rows,
    execution_count: countOf(run),
    inference_stats: {
      success: { count: answered, ns: nanoseconds(duration.rows.sum + duration.v2.sum) },
      fail: { count: failed, ns: 0 },
      queue: durationOf(wait),
      compute_input: { count: 0, ns: 0 },
      compute_infer: durationOf(run),
      compute_output: { count: 0, ns: 0 },
      cache_hit: { count: 0, ns: 0 },
      cache_miss: { count: 0, ns: 0 },
    },
  };
}

function durationOf(histogram: Histogram): object {
  return { count: countOf(histogram), ns: nanoseconds(histogram.sum) };
}

function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9);
}
