import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("post.lua", import.meta.url));

/**
 * Requests a second and latencies in milliseconds of so many connections that each wait for their answer, and the CPU time of a request in
 * microseconds: of all threads of the server `pid`; null where the system does not tell.
 */
export async function load({ url, pid, path, file, connections, seconds }) {
  const before = cpuOf(pid);
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", SCRIPT, url, "--", file, path];
  const out = await new Promise((resolve, reject) => execFile("wrk", args, (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new Error(`wrk: ${stderr}`, { cause: error })))));
  const { requests, microseconds, p50, p99, bad } = JSON.parse(out.trim().split("\n").at(-1));
  if (bad > 0) throw new Error(`${bad} of ${requests} requests to ${url}${path} failed`);
  return { perSecond: (requests * 1e6) / microseconds, p50: p50 / 1_000, p99: p99 / 1_000, cpu: before === null ? null : (cpuOf(pid) - before) / requests };
}

/** Microseconds that a process has computed, in steps of 10 ms (Linux, proc(5): a tick is a hundredth of a second). */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return null;
  }
}
