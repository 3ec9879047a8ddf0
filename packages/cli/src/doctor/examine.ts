import { artifacts } from "./artifacts.js";
import { copies } from "./copies.js";
import { deletable } from "./deletable.js";
import { diskSpace } from "./disk-space.js";
import { failed } from "./failed.js";
import type { Examination, Finding, Patient } from "./finding.js";
import { nodeVersion } from "./node-version.js";
import { npmrc } from "./npmrc.js";
import { plugins } from "./plugins.js";
import { runtimes } from "./runtimes.js";
import { store } from "./store.js";

/** In the order in which they are told: what stands below comes first. */
export const EXAMINATIONS: readonly Examination[] = [nodeVersion, npmrc, diskSpace, plugins, runtimes, store, artifacts, copies, deletable];

export interface Told extends Finding {
  readonly check: string;
}

/** All findings; an examination that fails is one. */
export async function examine(patient: Patient, examinations: readonly Examination[] = EXAMINATIONS): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const { name, examine } of examinations) {
    const findings = await examine(patient).catch((error: unknown) => [failed(error)]);
    told.push(...findings.map((finding) => ({ check: name, ...finding })));
  }
  return told;
}
