import { execFile } from "node:child_process";

const PYTHON = "/usr/bin/python3";

/**
 * Runs a peer's script with the system's Python, on one thread where no more are said; threads that wait do not spin, because they would on a busy machine. Resolves to what its last line of JSON says, or to `{ absent }` with the
 * reason where Python, the package or the script's work is not there: a benchmark never fails for a peer.
 */
export function runPeer(script, args, count = 1) {
  const threads = { OMP_NUM_THREADS: String(count), OPENBLAS_NUM_THREADS: String(count), MKL_NUM_THREADS: String(count), OMP_WAIT_POLICY: "passive" };
  return new Promise((resolve) => {
    execFile(PYTHON, [script, ...args], { env: { ...process.env, ...threads }, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const absent = error === null ? null : error.code === "ENOENT" ? `no ${PYTHON}` : (stderr.trim().split("\n").at(-1) || error.message).slice(0, 120);
      resolve(absent === null ? JSON.parse(stdout.trim().split("\n").at(-1)) : { absent });
    });
  });
}

/** A peer's entry in a figure. */
export function peer(name, result, metric) {
  return result.absent === undefined ? { name, values: result[metric] } : { name, values: null, absent: result.absent };
}
