import { artifactLaws, type ArtifactsCase } from "./artifacts/artifact-laws.js";
import { describeLaws } from "./law.js";

/** The laws of artifact stores as tests of one. */
export function describeArtifacts(subject: ArtifactsCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is an artifact store`, artifactLaws, subject);
}
