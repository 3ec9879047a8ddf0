import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { isProcessAlive } from "./process-name.js";

/** Scratch of another machine, whose processes cannot be seen from here, is let go when nobody has written to it for so long. */
const STALE_MS = 24 * 3_600_000;

let made = 0;

/** A name for a file or folder that its process removes or renames: who is gone can be told from who is alive by host and process. */
export function scratchName(what: string): string {
  return `${what}-${hostname()}-${process.pid}-${threadId}-${++made}`;
}

/** What processes that are gone left in a folder: paths, sorted; none where the folder is not there. In a folder that others use too, only names that begin with `prefix` count. */
export async function abandonedScratch(folder: string, prefix = ""): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix));
  const abandoned = await Promise.all(names.sort().map(async (name) => ((await isAbandoned(folder, name)) ? [join(folder, name)] : [])));
  return abandoned.flat();
}

/** Removes them. What cannot be removed stays for the next time. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const path of await abandonedScratch(folder)) await rm(path, { recursive: true, force: true }).catch(() => {});
}

async function isAbandoned(folder: string, name: string): Promise<boolean> {
  const process = new RegExp(`-${escaped(hostname())}-(\\d+)-\\d+-\\d+$`).exec(name);
  if (process !== null) return !isProcessAlive(Number(process[1]));
  const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Infinity }));
  return Date.now() - mtimeMs > STALE_MS;
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "\\$&");
}
