import { monitorEventLoopDelay, type IntervalHistogram } from "node:perf_hooks";
import type { ModelTable } from "../models/table.js";
import type { Labels, Metric } from "./metrics-text.js";
import type { ModelMeter } from "./model-meter.js";
import type { ServerMeter } from "./server-meter.js";

/** Everything that is counted, at this moment. */
export function serverMetrics(table: ModelTable, server: ServerMeter, delay: IntervalHistogram): readonly Metric[] {
  return [...modelMetrics(table), ...ownMetrics(table, server), ...processMetrics(delay)];
}

export function watchEventLoop(): IntervalHistogram {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return delay;
}

function modelMetrics({ loaded }: ModelTable): readonly Metric[] {
  const meters = loaded.map(({ model, number, meter, lane, breaker }) => ({ labels: { model, version: number }, meter, lane, breaker }));
  const one = <T>(pick: (meter: ModelMeter) => T) => meters.map(({ labels, meter }) => ({ labels: labels as Labels, value: pick(meter) }));
  const many = (pick: (meter: ModelMeter) => Iterable<readonly [Labels, number]>) => meters.flatMap(({ labels, meter }) => [...pick(meter)].map(([more, value]) => ({ labels: { ...labels, ...more }, value })));
  return [
    { type: "histogram", name: "millrace_request_duration_seconds", help: "From the head of a request to its answer.", samples: meters.flatMap(({ labels, meter }) => (["rows", "v2"] as const).map((protocol) => ({ labels: { ...labels, protocol }, value: meter.duration[protocol] }))) },
    { type: "histogram", name: "millrace_queue_seconds", help: "From the head of a request until its rows run.", samples: one(({ wait }) => wait) },
    { type: "histogram", name: "millrace_batch_seconds", help: "How long batches take the model.", samples: one(({ run }) => run) },
    { type: "histogram", name: "millrace_batch_rows", help: "Rows of a batch.", samples: one(({ batchRows }) => batchRows) },
    { type: "counter", name: "millrace_rows_total", help: "Rows that were answered.", samples: one(({ rows }) => rows) },
    { type: "counter", name: "millrace_failures_total", help: "Requests that were refused or failed, by reason.", samples: many(({ failures }) => [...failures].map(([reason, count]) => [{ reason }, count] as const)) },
    { type: "counter", name: "millrace_flags_total", help: "Values that passed and were flagged.", samples: many(({ flags }) => [...flags].map(([name, count]) => [{ column: name.split("\n")[0]!, kind: name.split("\n")[1]! }, count] as const)) },
    { type: "counter", name: "millrace_worker_starts_total", help: "Processes of the model that were started.", samples: one(({ workers }) => workers.started) },
    { type: "counter", name: "millrace_worker_losses_total", help: "Processes of the model that ended by themselves, or were killed at a deadline.", samples: one(({ workers }) => workers.lost) },
    { type: "counter", name: "millrace_worker_ejections_total", help: "Crash loops.", samples: one(({ workers }) => workers.ejected) },
    { type: "gauge", name: "millrace_pending_requests", help: "Requests that wait or run.", samples: meters.map(({ labels, lane }) => ({ labels, value: lane.pending })) },
    { type: "gauge", name: "millrace_breaker_open", help: "1 where requests are refused because too many failed in a row.", samples: meters.map(({ labels, breaker }) => ({ labels, value: breaker.isOpen() ? 1 : 0 })) },
    { type: "gauge", name: "millrace_model_info", help: "1 for each version that answers; place is where it runs.", samples: meters.map(({ labels, lane }) => ({ labels: { ...labels, place: lane.place }, value: 1 })) },
  ];
}

function ownMetrics({ failures }: ModelTable, { refused, storeUp }: ServerMeter): readonly Metric[] {
  return [
    { type: "counter", name: "millrace_refused_total", help: "Requests that reached no model, by reason.", samples: [...refused].map(([reason, value]) => ({ labels: { reason }, value })) },
    { type: "gauge", name: "millrace_store_up", help: "1 where the store answers.", samples: [{ labels: {}, value: storeUp() ? 1 : 0 }] },
    { type: "gauge", name: "millrace_models_not_loaded", help: "Versions that are wanted, and could not be loaded.", samples: [{ labels: {}, value: failures.size }] },
  ];
}

function processMetrics(delay: IntervalHistogram): readonly Metric[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const gauge = (name: string, help: string, value: number): Metric => ({ type: "gauge", name, help, samples: [{ labels: {}, value }] });
  return [
    { type: "counter", name: "process_cpu_seconds_total", help: "CPU time.", samples: [{ labels: {}, value: (user + system) / 1e6 }] },
    gauge("process_resident_memory_bytes", "Resident memory.", rss),
    gauge("nodejs_heap_size_used_bytes", "JavaScript heap in use.", heapUsed),
    gauge("nodejs_eventloop_delay_p99_seconds", "99th percentile of how late the event loop is.", Number.isNaN(delay.percentile(99)) ? 0 : delay.percentile(99) / 1e9),
    gauge("process_start_time_seconds", "When the process started, since the epoch.", Math.round(performance.timeOrigin) / 1_000),
  ];
}
