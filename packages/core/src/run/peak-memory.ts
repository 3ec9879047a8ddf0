import { readFileSync, writeFileSync } from "node:fs";
import { memoryUsage, resourceUsage } from "node:process";

/**
 * Starts to watch the process's resident memory; the function returned gives its peak since, in bytes. On Linux the kernel's high-water
 * mark is reset (proc(5), clear_refs); elsewhere the peak of the whole process is all there is.
 */
export function watchPeakMemory(): () => number {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
    return () => highWaterMark() ?? memoryUsage.rss();
  } catch {
    return () => resourceUsage().maxRSS * 1024;
  }
}

function highWaterMark(): number | null {
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return match === null ? null : Number(match[1]) * 1024;
}
