import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { abandonedScratch, type Batches, type Digest, digestOf, MillraceError, type PluginContext, scratchName, type Sink } from "@millrace/core";
import { partFile } from "./part-file.js";

/** How one format is written. */
export interface FileWriter {
  /** Of the files in a folder: `.csv`, `.csv.gz`. */
  readonly extension: string;
  /** Whether a path names a file of this format, and so no folder. */
  names(path: string): boolean;
  /** Writes all batches to `path`, which nobody else sees yet. `name` is what the file will be called. Returns false where there was no batch. */
  write(path: string, name: string, batches: Batches, signal: AbortSignal): Promise<boolean>;
}

/**
 * A file per part: written beside its place under a name of its own, brought to disk, then renamed, so that a reader sees all of it or
 * nothing, and the same part again is the same file. A part without a batch is no file, and takes none away.
 */
export function fileSink(writer: FileWriter, path: string, context: PluginContext): Sink {
  const target = resolve(context.folder, path);
  let only: string | null = null;
  return {
    async write(part, batches, signal) {
      signal.throwIfAborted();
      if (writer.names(path) && only !== null && only !== part) throw oneFile(path, only, part);
      only = part;
      const place = writer.names(path) ? target : join(target, partFile(part, writer.extension));
      const draft = join(dirname(place), scratchName(`.${basename(place)}`));
      const counted = countRows(batches, signal);
      try {
        await mkdir(dirname(place), { recursive: true });
        await removeDrafts(place);
        const isWritten = await writer.write(draft, basename(place), counted.batches, signal);
        signal.throwIfAborted();
        const digest = isWritten ? await digestOfFile(draft) : digestOf("");
        if (isWritten) await publish(draft, place);
        return { rows: counted.rows(), digest };
      } catch (error) {
        throw explain(error, path);
      } finally {
        // Where even this fails, the first failure is the one to tell.
        await rm(draft, { force: true }).catch(() => {});
      }
    },
  };
}

/** What processes that were killed left of this file. */
async function removeDrafts(place: string): Promise<void> {
  for (const path of await abandonedScratch(dirname(place), `.${basename(place)}-`)) await rm(path, { force: true }).catch(() => {});
}

function countRows(batches: Batches, signal: AbortSignal): { readonly batches: Batches; rows(): number } {
  let rows = 0;
  async function* counted(): Batches {
    for await (const batch of batches) {
      signal.throwIfAborted();
      rows += batch.length;
      yield batch;
    }
  }
  return { batches: counted(), rows: () => rows };
}

/** The bytes to disk, then the name, then the folder that holds the name. */
async function publish(draft: string, place: string): Promise<void> {
  await flush(draft);
  await rename(draft, place);
  await flush(dirname(place));
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function digestOfFile(path: string): Promise<Digest> {
  const sha256 = createHash("sha256");
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) sha256.update(bytes as Buffer);
  return `sha256:${sha256.digest("hex")}` as Digest;
}

function oneFile(path: string, first: string, second: string): MillraceError {
  return new MillraceError({
    code: "SINK_ONE_FILE",
    message: `The sink writes one file, "${path}", which holds the part "${first}"; there is a second part, "${second}".`,
    mend: "Give a folder as `path`: each part is then a file in it.",
    facts: { path },
  });
}

function explain(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const mend = MENDS[code ?? ""];
  if (mend === undefined) return error;
  return new MillraceError({ code: "SINK_WRITE", message: `"${path}" cannot be written: ${(error as Error).message}.`, mend, cause: error, facts: { path } });
}

const MENDS: Readonly<Record<string, string>> = {
  ENOSPC: "Make room on the disk, then run the same command again.",
  EACCES: "Give this user the right to write there, or name another path.",
  EPERM: "Give this user the right to write there, or name another path.",
  EROFS: "Name a path on a disk that can be written.",
  ENOTDIR: "Name a folder as `path`: a part of it is a file.",
  EEXIST: "Name a folder as `path`: a part of it is a file.",
  EISDIR: "Name a file that is not a folder yet.",
};
