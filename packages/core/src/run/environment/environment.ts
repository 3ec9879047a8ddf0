import { cpus, totalmem } from "node:os";
import type { Environment } from "../../contracts/entities.js";
import { gitCommit } from "./git-commit.js";
import { lockFile } from "./lock-file.js";

/** What the record of a run by this version of Millrace says of where it was made, for the folder of its config. What cannot be found out is null. */
export async function environmentOf(folder: string, millrace: string): Promise<Environment> {
  const all = cpus();
  const [commit, lock] = await Promise.all([gitCommit(folder), lockFile(folder)]);
  return {
    millrace,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: { model: all[0]?.model.trim() ?? "", cores: all.length },
    memoryBytes: totalmem(),
    commit,
    lock,
  };
}
