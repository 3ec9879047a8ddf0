import type { Histogram } from "./histogram.js";

export type Labels = Readonly<Record<string, string | number>>;

export type Metric =
  | { readonly type: "counter" | "gauge"; readonly name: string; readonly help: string; readonly samples: readonly { readonly labels: Labels; readonly value: number }[] }
  | { readonly type: "histogram"; readonly name: string; readonly help: string; readonly samples: readonly { readonly labels: Labels; readonly value: Histogram }[] };

/** The text format of Prometheus, version 0.0.4. Metrics without samples are left out. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map((metric) => `# HELP ${metric.name} ${metric.help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n# TYPE ${metric.name} ${metric.type}\n${linesOf(metric)}`)
    .join("");
}

function linesOf(metric: Metric): string {
  if (metric.type === "histogram") return metric.samples.map(({ labels, value }) => histogramLines(metric.name, labels, value)).join("");
  return metric.samples.map(({ labels, value }) => `${metric.name}${labelText(labels)} ${numberText(value)}\n`).join("");
}

function histogramLines(name: string, labels: Labels, { bounds, counts, sum }: Histogram): string {
  let total = 0;
  const buckets = counts.map((count, at) => {
    total += count;
    return `${name}_bucket${labelText({ ...labels, le: at < bounds.length ? String(bounds[at]) : "+Inf" })} ${total}\n`;
  });
  return `${buckets.join("")}${name}_sum${labelText(labels)} ${numberText(sum)}\n${name}_count${labelText(labels)} ${total}\n`;
}

function labelText(labels: Labels): string {
  const entries = Object.entries(labels);
  if (entries.length === 0) return "";
  return `{${entries.map(([name, value]) => `${name}="${String(value).replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"')}"`).join(",")}}`;
}

function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}
