import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import { digestOf } from "../fold/digest.js";
import { artifactMissing, verified } from "../record/artifact-bytes.js";

/** Artifacts in this process's memory, for tests. `bytes` may be shared by several, and looked into. */
export function createMemoryArtifacts(bytes: Map<Digest, Uint8Array> = new Map()): ArtifactStore {
  return {
    async put(chunks) {
      const copies: Uint8Array[] = [];
      for await (const chunk of chunks) copies.push(Uint8Array.from(chunk));
      const whole = Buffer.concat(copies);
      const id = digestOf(whole);
      bytes.set(id, whole);
      return id;
    },
    async *get(id, allocate = (byteLength) => new Uint8Array(byteLength)) {
      const whole = bytes.get(id);
      if (whole === undefined) throw artifactMissing(id);
      const copy = allocate(whole.byteLength);
      copy.set(whole);
      yield* verified(id, [copy]);
    },
    async *list(ids = [...bytes.keys()]) {
      for (const id of new Set(ids)) {
        const whole = bytes.get(id);
        if (whole !== undefined) yield { id, sizeBytes: whole.byteLength, stamp: digestOf(whole), putAt: 0 };
      }
    },
    async remove(id) {
      bytes.delete(id);
    },
  };
}
