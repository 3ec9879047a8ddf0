import type { Digest } from "./digest.js";

/** Bytes by their digest. */
export interface ArtifactStore {
  /** All or nothing: a reader never sees half of it. Putting the same bytes again is one artifact. */
  put(bytes: AsyncIterable<Uint8Array>): Promise<Digest>;
  /** Throws ARTIFACT_MISSING, or ARTIFACT_DAMAGED where the bytes do not have this digest. */
  get(id: Digest): AsyncIterable<Uint8Array>;
  has(id: Digest): Promise<boolean>;
  /** Nothing where it is not there. */
  remove(id: Digest): Promise<void>;
}
