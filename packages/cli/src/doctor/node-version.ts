import { arch, platform } from "node:os";
import { ok, wrong, type Examination } from "./finding.js";

/** As `engines` of the package says. */
const LEAST = [20, 19] as const;

export function isNodeNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

export const nodeVersion: Examination = {
  name: "node",
  async examine() {
    const found = `Node.js ${process.version.slice(1)} on ${platform()} ${arch()}`;
    return [isNodeNewEnough(process.version) ? ok(`${found}.`) : wrong(`${found} is older than ${LEAST.join(".")}.`, "Install a newer Node.js.")];
  },
};
