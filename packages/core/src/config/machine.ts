import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { cgroupLimits, type CgroupLimits } from "./cgroup.js";

let own: CgroupLimits | null = null;

function limits(): CgroupLimits {
  return (own ??= cgroupLimits((file) => {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return null;
    }
  }));
}

/** Threads that this process may keep busy: whole CPUs of its cgroup's quota, else those of the machine. */
export function machineThreads(): number {
  const { cpus } = limits();
  return Math.min(availableParallelism(), cpus === null ? Infinity : Math.max(1, Math.floor(cpus)));
}

/** Bytes that this process may use: its cgroup's limit, else the machine's memory. */
export function machineMemory(): number {
  return Math.min(limits().memoryBytes ?? Infinity, totalmem());
}
