import type { Allocate } from "./allocate.js";
import type { Digest } from "./digest.js";

/** What is known of an artifact without reading it. */
export interface StoredArtifact {
  readonly id: Digest;
  /** What it takes up where it lies. */
  readonly sizeBytes: number;
  /** Stays as it is while nothing writes to the artifact, and is another one when something has: of a file, its size and its time of change. Compared, never taken apart. */
  readonly stamp: string;
  /** When it was put last, epoch milliseconds. */
  readonly putAt: number;
}

/** Bytes by their digest. */
export interface ArtifactStore {
  /** All or nothing: a reader never sees half of it. Putting the same bytes again is one artifact. */
  put(bytes: AsyncIterable<Uint8Array>): Promise<Digest>;
  /**
   * Throws ARTIFACT_MISSING, or ARTIFACT_DAMAGED where the bytes do not have this digest. `allocate`: where a store that gives all bytes as one
   * chunk may lay them, so that whoever reads one artifact after the other can use memory again.
   */
  get(id: Digest, allocate?: Allocate): AsyncIterable<Uint8Array>;
  /** Those of `ids` that are there, or all that are there; in any order, each once. */
  list(ids?: readonly Digest[]): AsyncIterable<StoredArtifact>;
  /** Nothing where it is not there. */
  remove(id: Digest): Promise<void>;
}
