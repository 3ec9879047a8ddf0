import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Digest } from "../../contracts/digest.js";

/** An empty place for artifacts; what the laws of an artifact store are tried on. */
export interface ArtifactsPlace {
  /** Another handle on the same artifacts. */
  open(): Promise<ArtifactStore>;
  /** Changes a byte of an artifact, or adds one to an empty artifact, behind the store's back, at a later time than its put. */
  damage(id: Digest): Promise<void>;
  /** How many things lie there, half-written ones too. */
  count(): Promise<number>;
  /** Deletes the place. */
  remove(): Promise<void>;
}
