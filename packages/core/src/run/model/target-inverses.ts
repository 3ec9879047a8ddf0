import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Problem } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { decode } from "../../fold/encode.js";
import { predictionField } from "../../graph/lower.js";
import { readBytes } from "../../record/artifact-bytes.js";
import type { FeaturesManifest } from "../features/manifest.js";
import type { AfterTransform } from "./compose.js";

/** The transforms of the target among those behind a model, backwards, with the states that `fit` left. Throws AFTER_PROBLEM where the target is no number. */
export async function targetInverses(features: FeaturesManifest, after: readonly Transform[], problem: Problem, artifacts: ArtifactStore): Promise<readonly AfterTransform[]> {
  const own = after.filter(({ learnsFrom }) => learnsFrom === "target-only");
  if (own.length > 0 && problem.kind !== "regression")
    throw new MillraceError({ code: "AFTER_PROBLEM", message: `A transform of the target needs a regression problem; this one is ${problem.kind}.`, mend: "Take it out of `after`." });
  const states = await Promise.all(features.targetStates.map((digest) => readBytes(artifacts, digest)));
  return own.map((transform, index) => ({ transform, state: decode(states[index]!) as unknown, from: [predictionField(problem).name], as: null })).reverse();
}
