import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson, digestOfJson, fromArrow, scratchName, toArrow, type Frame, type Json } from "@millrace/core";

/** Predictions of the parts of a file that were made before the process ended. */
export interface PredictionParts {
  /** The predictions of part `index`; null: not made yet. */
  get(index: number): Promise<Frame | null>;
  put(index: number, predictions: Frame): Promise<void>;
  /** When the whole file is written. */
  remove(): Promise<void>;
}

const JOB = "job.json";

/**
 * Opens the parts for `output` under `home`. `job`: all that predictions depend on; where it is another than before (other rows, another
 * version), what lies there is removed.
 */
export async function openParts(home: string, output: string, job: Json): Promise<PredictionParts> {
  const folder = join(home, "predict", digestOfJson(output).slice("sha256:".length, "sha256:".length + 16));
  const wanted = canonicalJson(job);
  const found = await readFile(join(folder, JOB), "utf8").catch(() => null);
  if (found !== wanted) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await write(folder, JOB, wanted);
  }
  const nameOf = (index: number): string => `${String(index).padStart(8, "0")}.arrow`;
  return {
    async get(index) {
      const bytes = await readFile(join(folder, nameOf(index))).catch(() => null);
      return bytes === null ? null : fromArrow(bytes);
    },
    put: (index, predictions) => write(folder, nameOf(index), toArrow(predictions)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** All or nothing: a process that is killed leaves no half of a part under its name. */
async function write(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const draft = join(folder, scratchName(name));
  await writeFile(draft, content);
  await rename(draft, join(folder, name));
}
