import { cpus, loadavg, totalmem } from "node:os";

/** One line on the machine and its load: figures of a busy machine say so. */
export function machine(when = "before") {
  const [cpu] = cpus();
  const load = loadavg().map((value) => value.toFixed(2));
  return when === "before"
    ? `${cpu?.model.trim() ?? "unknown CPU"} · ${cpus().length} cores · ${Math.round(totalmem() / 2 ** 30)} GiB · Node ${process.versions.node} · load ${load.join(" ")}`
    : `load after: ${load.join(" ")}`;
}
