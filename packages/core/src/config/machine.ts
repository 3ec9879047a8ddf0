import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}

/** Whole CPUs of a cgroup's quota, version 2 or 1; null where there is none. */
function quotaOfCpus(): number | null {
  const [quota, period] = read("/sys/fs/cgroup/cpu.max")?.split(" ") ?? [read("/sys/fs/cgroup/cpu/cpu.cfs_quota_us"), read("/sys/fs/cgroup/cpu/cpu.cfs_period_us")];
  const cpus = Number(quota) / Number(period);
  return Number.isFinite(cpus) && cpus > 0 ? Math.max(1, Math.floor(cpus)) : null;
}

/** Threads that this process may keep busy. */
export function machineThreads(): number {
  return Math.min(availableParallelism(), quotaOfCpus() ?? Infinity);
}

/** Bytes that this process may use: the cgroup's limit, else the machine's memory. */
export function machineMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
}
