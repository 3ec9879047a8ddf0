import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MillraceError, scratchName, type Use } from "@millrace/core/plugin";
import type { ServerConfig } from "@millrace/core/model";
import { defaultUses } from "./defaults.js";

/** What a process that only predicts needs to know of a config; secrets are references. */
export interface ServerFile {
  readonly project: string;
  readonly home: string;
  readonly store: Use<"store">;
  readonly artifacts: Use<"artifacts">;
  readonly runtime: Use<"runtime">;
  /** As the config has it, secrets as references; absent in files of earlier versions. */
  readonly server?: ServerConfig;
}

function fileOf(folder: string): string {
  return join(folder, ".millrace", "server.json");
}

/** Writes `.millrace/server.json`, all or nothing. Returns its path. */
export async function writeServerFile(folder: string, { project, store, artifacts, runtime, server }: Omit<ServerFile, "home">): Promise<string> {
  const file = fileOf(folder);
  const draft = join(folder, ".millrace", "tmp", scratchName("server"));
  await mkdir(dirname(draft), { recursive: true });
  await writeFile(draft, `${JSON.stringify({ project, store, artifacts, runtime, server }, null, 2)}\n`);
  await rename(draft, file);
  return file;
}

/** The server file of a project; the embedded defaults where it has none. Throws SERVER_FILE where it cannot be read. */
export async function readServerFile(folder: string): Promise<ServerFile> {
  const home = join(folder, ".millrace");
  const embedded = <K extends "store" | "artifacts" | "runtime">(kind: K): Use<K> => ({ kind, name: defaultUses[kind], with: {} });
  const text = await readFile(fileOf(folder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return { project: "", home, store: embedded("store"), artifacts: embedded("artifacts"), runtime: embedded("runtime") };
  try {
    return { ...(JSON.parse(text) as Omit<ServerFile, "home">), home };
  } catch (cause) {
    throw new MillraceError({ code: "SERVER_FILE", message: `${fileOf(folder)} is no JSON.`, mend: "Write it anew: millrace config --server.", cause });
  }
}
