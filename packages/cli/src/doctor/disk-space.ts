import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { formatBytes } from "@millrace/core/engine";
import { ok, warning, wrong, type Examination, type Finding } from "./finding.js";

const LITTLE_BYTES = 2 ** 30;
const TOO_LITTLE_BYTES = 64 * 2 ** 20;

/** What is free of a disk, as a finding. */
export function spaceFinding(place: string, freeBytes: number): Finding {
  const text = `${formatBytes(freeBytes)} free where ${place} lies`;
  if (freeBytes >= LITTLE_BYTES) return ok(`${text}.`);
  return freeBytes >= TOO_LITTLE_BYTES
    ? warning(`Only ${text}.`, "Free some space before a large run; millrace gc --dry-run says what can go.")
    : wrong(`Only ${text}: a run will fail.`, "Free some space; millrace gc --dry-run says what can go.");
}

async function freeBytes(path: string): Promise<number> {
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  const { bavail, bsize } = await statfs(there);
  return bavail * bsize;
}

export const diskSpace: Examination = {
  name: "disk",
  async examine({ folder, loaded }) {
    const home = loaded?.config.home ?? folder;
    return [spaceFinding(home, await freeBytes(home)), spaceFinding(tmpdir(), await freeBytes(tmpdir()))];
  },
};
