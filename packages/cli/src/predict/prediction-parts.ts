import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson, digestOfJson, fromArrow, scratchName, toArrow, type Frame, type Json } from "@millrace/core";

/** Predictions of the parts of a file that were made before the process ended. */
export interface PredictionParts {
  /** The predictions of part `index`, which has so many rows; null: not made yet, or damaged since. */
  get(index: number, rows: number): Promise<Frame | null>;
  put(index: number, predictions: Frame): Promise<void>;
  /** When the whole file is written. */
  remove(): Promise<void>;
}

const JOB = "job.json";

/**
 * Opens the parts for `output` under `home`, where `millrace gc` finds those that nobody went on with for a day. `job`: all that predictions depend on; where it is another than before (other rows, another
 * version), what lies there is removed.
 */
export async function openParts(home: string, output: string, job: Json): Promise<PredictionParts> {
  const folder = join(home, "predict", "tmp", digestOfJson(output).slice("sha256:".length, "sha256:".length + 16));
  const wanted = canonicalJson(job);
  const found = await readFile(join(folder, JOB), "utf8").catch(() => null);
  if (found !== wanted) {
    await rm(folder, { recursive: true, force: true });
    await write(folder, JOB, wanted);
  }
  const nameOf = (index: number): string => `${String(index).padStart(8, "0")}.arrow`;
  return {
    async get(index, rows) {
      try {
        const found = fromArrow(await readFile(join(folder, nameOf(index))));
        return found.length === rows ? found : null;
      } catch {
        // Not there, or cut off when the power went: it is made again.
        return null;
      }
    },
    put: (index, predictions) => write(folder, nameOf(index), toArrow(predictions)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** All or nothing: a process that is killed leaves no half of a part under its name. */
async function write(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const draft = join(folder, scratchName(name));
  // Another process for the same file may have ended, and taken the folder with it.
  await mkdir(folder, { recursive: true });
  await writeFile(draft, content);
  await rename(draft, join(folder, name));
}
