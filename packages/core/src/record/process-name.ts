import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Where process ids mean the same: a machine, and on Linux its namespace of processes (two containers may share a host's name). */
function space(): string {
  try {
    return `${hostname()}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

let given = 0;

/** A name of this process, as others see it; each time another one. Never in a digest. */
export function processName(): string {
  return `${space()}/${process.pid}#${++given}`;
}

/** Whether a process is known to have ended: one that cannot be seen from here may live. */
export function hasEnded(name: string): boolean {
  const parts = /^(.*)\/(\d+)#\d+$/.exec(name);
  return parts !== null && parts[1] === space() && !isProcessAlive(Number(parts[2]));
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
