import { readdir, rm, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { StoredArtifact } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { Change, Store } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";
import { decideRetention, type Removal, type RetentionDecision } from "../policy/retention.js";
import { commitUnlessMoved } from "../record/commit-unless-moved.js";
import { abandonedScratch } from "../record/scratch.js";
import { holdCollectionLease } from "../run/collection-lease.js";
import { isHeld } from "../run/held-lease.js";
import { versionFolder } from "./version-folder.js";
import type { Opened } from "./opened.js";
import { recall } from "./recall.js";

/** A file or folder that a process which is gone left behind. */
export interface Scratch {
  readonly path: string;
  readonly sizeBytes: number;
}

export interface Collection extends RetentionDecision {
  readonly scratch: readonly Scratch[];
  /** Runs that are going on: nothing is removed beside them. */
  readonly runs: readonly string[];
  /** Whether what can go has gone. */
  readonly isDone: boolean;
}

export interface CollectOptions {
  /** Whether to say what can go, and remove nothing. */
  readonly isDry: boolean;
  /** Whether no other store of records names artifacts where this project's lie: what no record here names, another's may. Else artifacts stay. */
  readonly ownsArtifacts: boolean;
}

/** What can go by `retention`, and, unless that is all that is asked for, removes it. Throws GC_BUSY where another collection is going on. */
export async function collect(opened: Opened, { isDry, ownsArtifacts }: CollectOptions): Promise<Collection> {
  if (isDry) return { ...(await look(opened, ownsArtifacts)), isDone: false };
  await using lease = await holdCollectionLease(opened.store);
  if (lease === null) throw new MillraceError({ code: "GC_BUSY", message: "Another collection is going on.", mend: "Wait until it has ended, a minute at most if it was killed, and look again: millrace gc." });
  const found = await look(opened, ownsArtifacts);
  if (found.runs.length > 0) return { ...found, isDone: false };
  await removeRecords(opened.store, found.removals);
  for (const { kind, id } of found.removals) {
    if (kind === "artifact") await opened.artifacts.remove(id as Digest);
    if (kind === "model") await removeExported(opened, id);
  }
  for (const { path } of found.scratch) await rm(path, { recursive: true, force: true });
  return { ...found, isDone: true };
}

async function look(opened: Opened, ownsArtifacts: boolean): Promise<Omit<Collection, "isDone">> {
  const now = Date.now();
  // The artifacts first: what is put behind this look is not among them, and what was put before it is named by a record or young.
  const artifacts: StoredArtifact[] = [];
  if (ownsArtifacts) for await (const each of opened.artifacts.list()) artifacts.push(each);
  const remembered = await recall(opened.store);
  const runs = remembered.leases.flatMap(({ id, value }) => (id.startsWith("run/") && isHeld(value, now) ? [id.slice("run/".length)] : []));
  return { ...decideRetention(opened.config.retention, remembered, artifacts, now), scratch: await scratchOf(opened.config.home), runs };
}

/** Each record by itself: one that has changed since the look is left for the next collection. */
async function removeRecords(store: Store, removals: readonly Removal[]): Promise<void> {
  for (const { kind, id } of removals) {
    if (kind === "artifact") continue;
    const found = await store.get(kind, id);
    if (found !== null) await commitUnlessMoved(store, [{ entity: kind, id, expect: found.revision, value: null } as Change]);
  }
}

/** What was laid down of a version; nothing outside of the models' folder, whatever a model is called. */
async function removeExported({ config: { home } }: Opened, id: string): Promise<void> {
  const at = id.lastIndexOf("@");
  const folder = versionFolder(home, id.slice(0, at), Number(id.slice(at + 1)));
  if (folder.startsWith(join(home, "models") + sep)) await rm(folder, { recursive: true, force: true });
}

/** In the project's `tmp` folder, and in that of each folder of its state. */
async function scratchOf(home: string): Promise<readonly Scratch[]> {
  const below = await readdir(home, { withFileTypes: true }).catch(() => []);
  const folders = [join(home, "tmp"), ...below.filter((entry) => entry.isDirectory()).map(({ name }) => join(home, name, "tmp"))];
  const paths = (await Promise.all(folders.map((folder) => abandonedScratch(folder)))).flat();
  return Promise.all(paths.map(async (path) => ({ path, sizeBytes: await sizeOf(path) })));
}

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  const files = entries === null ? [path] : entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const sizes = await Promise.all(files.map((file) => stat(file).then(({ size }) => size, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
