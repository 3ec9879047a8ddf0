import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { ArtifactStore, StoredArtifact } from "../../contracts/artifact-store.js";
import type { Digest } from "../../contracts/digest.js";
import { digestOf } from "../../fold/digest.js";
import { hasArtifact, readBytes } from "../../record/artifact-bytes.js";
import type { Law } from "../law.js";
import type { ArtifactsPlace } from "./artifacts-place.js";

export interface ArtifactsCase {
  /** Makes an empty place; each law gets its own. */
  create(): Promise<ArtifactsPlace>;
}

const ABC = Buffer.from("abc");
const ABC_ID = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" as Digest;
const NO_ID = `sha256:${"0".repeat(64)}` as Digest;

/** All that an artifact store promises, a sentence each. */
export const artifactLaws: readonly Law<ArtifactsCase>[] = [
  law("put answers with the sha256 of the bytes, and get gives them back", async (artifacts) => {
    assert.equal(await artifacts.put(chunks(ABC)), ABC_ID);
    assert.deepEqual([...(await readBytes(artifacts, ABC_ID))], [...ABC]);
  }),
  law("no bytes are an artifact too", async (artifacts) => {
    const empty = digestOf(new Uint8Array(0));
    assert.equal(await artifacts.put(chunks()), empty);
    assert.equal((await readBytes(artifacts, empty)).byteLength, 0);
    assert.equal(await artifacts.put(chunks(new Uint8Array(0))), empty);
    assert.equal(await hasArtifact(artifacts, empty), true);
  }),
  law("the same bytes put again, in other chunks, are one artifact", async (artifacts, place) => {
    await artifacts.put(chunks(ABC));
    const count = await place.count();
    assert.equal(await artifacts.put(chunks(ABC.subarray(0, 1), new Uint8Array(0), ABC.subarray(1))), ABC_ID);
    assert.equal(await place.count(), count);
  }),
  law("10 MB in uneven chunks come back as they were", async (artifacts) => {
    const bytes = randomBytes(10_000_019);
    assert.equal(await artifacts.put(uneven(bytes)), digestOf(bytes));
    assert.equal(Buffer.compare(await readBytes(artifacts, digestOf(bytes)), bytes), 0);
  }),
  law("a writer may fill one buffer again and again", async (artifacts) => {
    const bytes = randomBytes(1_000_000);
    const id = await artifacts.put(refilled(bytes, 4_096));
    assert.equal(id, digestOf(bytes));
    assert.equal(Buffer.compare(await readBytes(artifacts, id), bytes), 0);
  }),
  law("list tells what is there: those asked for, or all, each once", async (artifacts) => {
    assert.deepEqual(await listed(artifacts), []);
    const [one, other] = [randomBytes(20), randomBytes(30)];
    await artifacts.put(chunks(other));
    assert.equal(await hasArtifact(artifacts, digestOf(one)), false);
    await artifacts.put(chunks(one));
    const all = await listed(artifacts);
    assert.deepEqual(all.map(({ id }) => id).sort(), [digestOf(one), digestOf(other)].sort());
    assert.deepEqual((await listed(artifacts, [digestOf(one), NO_ID, digestOf(one)])).map(({ id }) => id), [digestOf(one)]);
    assert.deepEqual(await listed(artifacts, []), []);
    assert.ok(all.every(({ sizeBytes, putAt }) => sizeBytes > 0 && Number.isFinite(putAt)));
  }),
  law("a stamp stays while nothing writes, and changes with the bytes", async (artifacts, place) => {
    await artifacts.put(chunks(ABC));
    const [first] = await listed(artifacts, [ABC_ID]);
    await readBytes(artifacts, ABC_ID);
    const [second] = await listed(artifacts);
    assert.equal(second!.stamp, first!.stamp);
    await place.damage(ABC_ID);
    assert.notEqual((await listed(artifacts, [ABC_ID]))[0]!.stamp, first!.stamp);
  }),
  law("what is not there is ARTIFACT_MISSING", async (artifacts) => {
    await assert.rejects(readBytes(artifacts, NO_ID), { code: "ARTIFACT_MISSING" });
  }),
  law("a text that is no digest is an artifact that is not there", async (artifacts) => {
    for (const text of ["", "sha256:", "../../x", `sha256:../../${"x".repeat(58)}`, ABC_ID.toUpperCase()]) {
      await assert.rejects(readBytes(artifacts, text as Digest), { code: "ARTIFACT_MISSING" });
      assert.equal(await hasArtifact(artifacts, text as Digest), false);
      await artifacts.remove(text as Digest);
    }
  }),
  law("a damaged artifact is ARTIFACT_DAMAGED", async (artifacts, place) => {
    for (const bytes of [ABC, randomBytes(3_000_000)]) {
      const id = await artifacts.put(chunks(bytes));
      await place.damage(id);
      await assert.rejects(readBytes(artifacts, id), { code: "ARTIFACT_DAMAGED" });
    }
  }),
  law("putting the bytes again mends a damaged artifact", async (artifacts, place) => {
    await artifacts.put(chunks(ABC));
    await place.damage(ABC_ID);
    await artifacts.put(chunks(ABC));
    assert.deepEqual([...(await readBytes(artifacts, ABC_ID))], [...ABC]);
  }),
  law("a put whose bytes fail throws their error and leaves nothing", async (artifacts, place) => {
    const broken = new Error("the source broke");
    for (const bytes of [ABC, randomBytes(3_000_000)]) {
      await assert.rejects(artifacts.put(failing(bytes, broken)), broken);
      assert.equal(await hasArtifact(artifacts, digestOf(bytes)), false);
    }
    assert.equal(await place.count(), 0);
  }),
  law("an artifact is not seen before its last byte", async (artifacts) => {
    const bytes = randomBytes(3_000_000);
    const id = digestOf(bytes);
    const seen: boolean[] = [];
    const watched = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 2_000_000);
      seen.push(await hasArtifact(artifacts, id));
      yield bytes.subarray(2_000_000);
      seen.push(await hasArtifact(artifacts, id));
    };
    await artifacts.put(watched());
    assert.deepEqual([...seen, await hasArtifact(artifacts, id)], [false, false, true]);
  }),
  law("remove removes one artifact, and does nothing where it is not there", async (artifacts) => {
    const other = await artifacts.put(chunks(Buffer.from("other")));
    await artifacts.put(chunks(ABC));
    await artifacts.remove(ABC_ID);
    assert.equal(await hasArtifact(artifacts, ABC_ID), false);
    await assert.rejects(readBytes(artifacts, ABC_ID), { code: "ARTIFACT_MISSING" });
    await artifacts.remove(ABC_ID);
    await artifacts.remove(NO_ID);
    assert.equal((await readBytes(artifacts, other)).byteLength, 5);
  }),
  law("what was removed can be put again", async (artifacts) => {
    await artifacts.put(chunks(ABC));
    await artifacts.remove(ABC_ID);
    assert.equal(await artifacts.put(chunks(ABC)), ABC_ID);
    assert.deepEqual([...(await readBytes(artifacts, ABC_ID))], [...ABC]);
  }),
  law("concurrent puts of the same bytes, by two handles, are one artifact", async (artifacts, place) => {
    const other = await place.open();
    const bytes = randomBytes(300_000);
    const ids = await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? artifacts : other).put(uneven(bytes))));
    assert.deepEqual([...new Set(ids)], [digestOf(bytes)]);
    assert.equal(Buffer.compare(await readBytes(other, digestOf(bytes)), bytes), 0);
    const count = await place.count();
    await artifacts.put(chunks(bytes));
    assert.equal(await place.count(), count);
  }),
  law("concurrent puts of different bytes are kept apart", async (artifacts) => {
    const all = Array.from({ length: 8 }, (_, i) => Buffer.alloc(70_000, i));
    const ids = await Promise.all(all.map((bytes) => artifacts.put(uneven(bytes))));
    for (const [i, id] of ids.entries()) assert.equal(Buffer.compare(await readBytes(artifacts, id), all[i]!), 0);
  }),
  law("an artifact can be read by several at once, and again", async (artifacts) => {
    const bytes = randomBytes(2_500_000);
    const id = await artifacts.put(chunks(bytes));
    const reads = await Promise.all([readBytes(artifacts, id), readBytes(artifacts, id)]);
    for (const read of [...reads, await readBytes(artifacts, id)]) assert.equal(Buffer.compare(read, bytes), 0);
  }),
  law("a reader may stop early", async (artifacts) => {
    const id = await artifacts.put(chunks(randomBytes(2_500_000)));
    for await (const chunk of artifacts.get(id)) {
      assert.ok(chunk.byteLength > 0);
      break;
    }
    assert.equal((await readBytes(artifacts, id)).byteLength, 2_500_000);
  }),
  law("changing what was read changes nothing", async (artifacts) => {
    await artifacts.put(chunks(ABC));
    (await readBytes(artifacts, ABC_ID)).fill(0);
    assert.deepEqual([...(await readBytes(artifacts, ABC_ID))], [...ABC]);
  }),
  law("what one handle put another reads", async (artifacts, place) => {
    const other = await place.open();
    await artifacts.put(chunks(ABC));
    assert.equal(await hasArtifact(other, ABC_ID), true);
    assert.deepEqual([...(await readBytes(other, ABC_ID))], [...ABC]);
  }),
];

function law(name: string, check: (artifacts: ArtifactStore, place: ArtifactsPlace) => Promise<void>): Law<ArtifactsCase> {
  return {
    name,
    async check({ create }) {
      const place = await create();
      try {
        await check(await place.open(), place);
      } finally {
        await place.remove();
      }
    },
  };
}

function randomBytes(length: number): Buffer {
  return createHash("shake256", { outputLength: length }).update("seed").digest();
}

async function listed(artifacts: ArtifactStore, ids?: readonly Digest[]): Promise<readonly StoredArtifact[]> {
  const found: StoredArtifact[] = [];
  for await (const each of artifacts.list(ids)) found.push(each);
  return found;
}

async function* chunks(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

/** Chunks of 1, 10, 100, ... bytes, and a million at most. */
async function* uneven(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0, size = 1; start < bytes.byteLength; start += size, size = Math.min(size * 10, 1_000_000)) yield bytes.subarray(start, start + size);
}

async function* refilled(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(size);
  for (let start = 0; start < bytes.byteLength; start += size) {
    const part = bytes.subarray(start, start + size);
    buffer.set(part);
    yield buffer.subarray(0, part.byteLength);
  }
}

async function* failing(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw error;
}
