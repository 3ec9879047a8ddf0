import { readJson, type ModelVersion, type Signature } from "@millrace/core";
import { findVersion, versionFolder, type Engine, type Evaluation, type Lineage } from "@millrace/core/engine";
import { confidenceOf } from "./print/scores.js";

export interface ListedVersion {
  readonly version: ModelVersion;
  readonly aliases: readonly string[];
}

/** Every version, the newest first, with the aliases that point to it. */
export async function listVersions({ store }: Engine): Promise<readonly ListedVersion[]> {
  const versions = await store.find("model", { order: { member: "createdAt", direction: "descending" }, limit: 1_000 });
  const all = (await store.find("alias", {})).map(({ value }) => value);
  const aliasesOf = ({ model, version }: ModelVersion) => all.filter((one) => one.model === model && one.version === version).map(({ alias }) => alias);
  return versions.map(({ value }) => ({ version: value, aliases: aliasesOf(value) }));
}

export interface ShownVersion {
  readonly version: ModelVersion;
  readonly evaluation: Evaluation;
  /** The share of the intervals, as its config said. */
  readonly confidence: number;
  readonly signature: Signature;
  /** Where its card and its ONNX file lie. */
  readonly folder: string;
}

/** One version by `delays`, `delays@3` or `delays@champion`. Throws MODEL_REF, MODEL_NOT_FOUND, ARTIFACT_MISSING. */
export async function showVersion({ store, artifacts, config }: Engine, ref: string): Promise<ShownVersion> {
  const version = await findVersion(store, ref);
  const [evaluation, lineage, signature] = await Promise.all([readJson<Evaluation>(artifacts, version.metrics), readJson<Lineage>(artifacts, version.lineage), readJson<Signature>(artifacts, version.signature)]);
  return { version, evaluation, confidence: confidenceOf(lineage), signature, folder: versionFolder(config.home, version.model, version.version) };
}
