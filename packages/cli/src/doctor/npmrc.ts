import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { ok, warning, type Examination } from "./finding.js";

const LINE = "onnxruntime-node-install=skip";

function nearestAbove(folder: string, name: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, name))) return join(at, name);
    if (dirname(at) === at) return null;
  }
}

function says(file: string | null): boolean {
  return file !== null && existsSync(file) && readFileSync(file, "utf8").split(/\r?\n/).some((line) => line.replaceAll(/\s/g, "") === LINE);
}

/** npm runs the install script of onnxruntime-node, which fetches hundreds of megabytes for CUDA; pnpm runs none that is not allowed. */
export const npmrc: Examination = {
  name: "npm",
  async examine({ folder }) {
    const manifest = nearestAbove(folder, "package.json");
    if (manifest === null) return [ok("No package.json: npm installs nothing here.")];
    if (nearestAbove(folder, "pnpm-lock.yaml") !== null) return [ok("pnpm runs no install scripts here.")];
    const own = join(dirname(manifest), ".npmrc");
    if (says(own) || says(nearestAbove(dirname(dirname(manifest)), ".npmrc")) || says(join(homedir(), ".npmrc"))) return [ok(`.npmrc has ${LINE}.`)];
    return [warning("npm install fetches CUDA libraries for onnxruntime-node, which Millrace does not need.", `Add this line to ${own}: ${LINE}`)];
  },
};
