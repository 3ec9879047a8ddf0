import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MillraceError, type Json } from "@millrace/core";

/** What an init wrote, for the reader. */
export interface Written {
  /** For scripts, beside folder and files. */
  readonly facts: Readonly<Record<string, Json>>;
  readonly folder: string;
  readonly files: readonly string[];
  /** Lines about what was chosen. */
  readonly notes: readonly string[];
  /** Commands to go on with. */
  readonly next: readonly string[];
}

/** Writes files by their path in a folder. `replaces`: those that may be there. Throws INIT_WRITE where the folder takes none. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>, replaces: ReadonlySet<string> = new Set()): void {
  for (const [path, text] of files) {
    const file = join(folder, path);
    attempt(file, () => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: replaces.has(path) ? "w" : "wx" });
    });
  }
}

/** The text of a file; null where there is none. Throws INIT_WRITE where it is there and is no file. */
export function textOf(file: string): string | null {
  return ifThere(file, () => readFileSync(file, "utf8"));
}

/** The names in a folder; none where there is no folder. Throws INIT_WRITE where it is there and is none. */
export function namesIn(folder: string): readonly string[] {
  return ifThere(folder, () => readdirSync(folder)) ?? [];
}

function ifThere<T>(path: string, read: () => T): T | null {
  return attempt(path, () => {
    try {
      return read();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  });
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new MillraceError({ code: "INIT_WRITE", message: `${path} cannot be written: ${(cause as Error).message}`, mend: "Make the folder writable, or name another with --folder.", cause, facts: { file: path } });
  }
}
