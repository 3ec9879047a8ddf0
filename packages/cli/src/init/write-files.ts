import { mkdirSync, writeFileSync } from "node:fs";
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
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: replaces.has(path) ? "w" : "wx" });
    } catch (cause) {
      throw new MillraceError({ code: "INIT_WRITE", message: `${file} cannot be written: ${(cause as Error).message}`, mend: "Make the folder writable, or name another with --folder.", cause, facts: { file } });
    }
  }
}
