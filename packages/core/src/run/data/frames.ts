import type { Allocate } from "../../contracts/allocate.js";
import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Digest } from "../../contracts/digest.js";
import type { Field, Frame } from "../../contracts/frame.js";
import { fromArrow } from "../../frame/arrow.js";
import { readBytes, readJson } from "../../record/artifact-bytes.js";
import type { PartMemory } from "./part-memory.js";

/** What `read` leaves: parts of at most 262,144 rows in read order, each an Arrow file. */
export interface FramesManifest {
  readonly fields: readonly Field[];
  readonly rows: number;
  readonly parts: readonly { readonly digest: Digest; readonly rows: number }[];
}

/** A part, and the number of its first row in read order. */
export interface Part {
  readonly index: number;
  readonly firstRow: number;
  readonly frame: Frame;
}

export interface Frames {
  readonly manifest: FramesManifest;
  /** In memory from `allocate`, by default its own. */
  part(index: number, allocate?: Allocate): Promise<Part>;
  /** Reads each part once, in order, in memory that is the next part's afterwards; by default each in its own. */
  parts(memory?: PartMemory): AsyncIterable<Part>;
}

/** The frames behind a manifest's digest. */
export async function openFrames(artifacts: ArtifactStore, digest: Digest): Promise<Frames> {
  const manifest = (await readJson(artifacts, digest)) as unknown as FramesManifest;
  const part: Frames["part"] = async (index, allocate) => {
    const firstRow = manifest.parts.slice(0, index).reduce((sum, { rows }) => sum + rows, 0);
    return { index, firstRow, frame: fromArrow(await readBytes(artifacts, manifest.parts[index]!.digest, allocate)) };
  };
  return {
    manifest,
    part,
    async *parts(memory) {
      for (const index of manifest.parts.keys()) {
        memory?.nextPart();
        yield await part(index, memory?.allocate);
      }
    },
  };
}
