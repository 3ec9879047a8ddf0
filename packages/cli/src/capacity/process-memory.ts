import { readFile } from "node:fs/promises";

/** Resident memory of a process and all that it started, in bytes; null where the system does not tell (it is read from Linux's /proc). */
export async function processMemory(pid: number): Promise<number | null> {
  try {
    const [status, children] = await Promise.all([readFile(`/proc/${pid}/status`, "utf8"), readFile(`/proc/${pid}/task/${pid}/children`, "utf8")]);
    const own = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (own === undefined) return null;
    const below = await Promise.all(children.split(" ").filter((child) => child !== "").map(async (child) => (await processMemory(Number(child))) ?? 0));
    return Number(own) * 1_024 + below.reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    return null;
  }
}
