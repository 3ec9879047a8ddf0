import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Environment } from "../../contracts/entities.js";
import { digestOf } from "../../fold/digest.js";

/** In the order in which they count where one folder has several. */
const LOCK_FILES = ["pnpm-lock.yaml", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "bun.lock", "bun.lockb"];

/** The lock file of the folder, or of the nearest one above it, by its name and digest: its place is of one machine only. */
export async function lockFile(folder: string): Promise<Environment["lock"]> {
  for (let here = resolve(folder); ; here = dirname(here)) {
    for (const file of LOCK_FILES) {
      const bytes = await readFile(join(here, file)).catch(() => null);
      if (bytes !== null) return { file, digest: digestOf(bytes) };
    }
    if (dirname(here) === here) return null;
  }
}
