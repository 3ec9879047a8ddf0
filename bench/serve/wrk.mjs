import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("post.lua", import.meta.url));

/** Requests a second and latencies in milliseconds of so many connections that each wait for their answer. */
export async function load({ url, path, file, connections, seconds }) {
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", SCRIPT, url, "--", file, path];
  const out = await new Promise((resolve, reject) => execFile("wrk", args, (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new Error(`wrk: ${stderr}`, { cause: error })))));
  const { requests, microseconds, p50, p99, bad } = JSON.parse(out.trim().split("\n").at(-1));
  if (bad > 0) throw new Error(`${bad} of ${requests} requests to ${url}${path} failed`);
  return { perSecond: (requests * 1e6) / microseconds, p50: p50 / 1_000, p99: p99 / 1_000 };
}
