import assert from "node:assert/strict";
import type { Batches, Field, Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Sink } from "../../contracts/sink.js";
import { canonicalJson, isDigest } from "../../fold/digest.js";
import { field } from "../../frame/frame.js";
import { type Row, fromRows, toRows } from "../../frame/rows.js";
import { slice } from "../../frame/take.js";
import type { Law } from "../law.js";
import type { SinkPlace } from "./sink-place.js";

export interface SinkCase {
  /** Makes an empty place; each law gets its own. */
  create(): Promise<SinkPlace>;
}

interface Bench {
  readonly place: SinkPlace;
  readonly sink: Sink;
  readonly create: () => Promise<SinkPlace>;
  /** Frames of the rows numbered [from, to), cut behind so many of them. */
  frames(from: number, to: number, ...cuts: number[]): readonly Frame[];
  /** Asserts that a reader finds these rows and no others. */
  holds(...frames: readonly Frame[]): Promise<void>;
}

const FIELDS: readonly Field[] = [field("id", "int32"), field("price", "float64"), field("city", "string"), field("isLate", "bool"), field("at", "timestamp")];
const BOOM = new Error("the rows gave out");
const calm = (): AbortSignal => new AbortController().signal;

/** All that a sink promises, a sentence each. */
export const sinkLaws: readonly Law<SinkCase>[] = [
  law("rows come back as they were written, missing values and odd texts too", async ({ sink, frames, holds }) => {
    await sink.write("a", of(frames(0, 40, 13)), calm());
    await holds(...frames(0, 40));
  }),
  law("it tells how many rows it wrote, and a digest", async ({ sink, frames }) => {
    const told = await sink.write("a", of(frames(0, 40, 13)), calm());
    assert.equal(told.rows, 40);
    assert.ok(isDigest(told.digest), told.digest);
  }),
  law("the digest follows from the rows, not from where batches are cut", async ({ sink, create, frames }) => {
    const whole = await sink.write("a", of(frames(0, 40)), calm());
    assert.notEqual((await sink.write("b", of(frames(1, 41)), calm())).digest, whole.digest);
    const other = await create();
    try {
      assert.deepEqual(await (await other.open()).write("a", of(frames(0, 40, 1, 39)), calm()), whole);
    } finally {
      await other.remove();
    }
  }),
  law("the same part again has no second effect, whoever writes it", async ({ sink, place, frames, holds }) => {
    const told = await sink.write("a", of(frames(0, 9)), calm());
    const count = await place.count();
    assert.deepEqual(await sink.write("a", of(frames(0, 9, 4)), calm()), told);
    assert.deepEqual(await (await place.open()).write("a", of(frames(0, 9)), calm()), told);
    assert.equal(await place.count(), count);
    await holds(...frames(0, 9));
  }),
  law("parts stand side by side, also when they are written at once", async ({ sink, place, frames, holds }) => {
    const other = await place.open();
    await Promise.all([sink.write("a", of(frames(0, 9, 3)), calm()), other.write("b", of(frames(9, 20, 3)), calm()), sink.write("c", of(frames(20, 40)), calm())]);
    await holds(...frames(0, 40));
  }),
  law("a part may have any name", async ({ sink, frames, holds }) => {
    const names = ["a/b", "a_b", "../up", "A", "a", "é b", ".hidden", "x".repeat(300), "*"];
    for (const [index, name] of names.entries()) await sink.write(name, of(frames(index, index + 1)), calm());
    await holds(...frames(0, names.length));
  }),
  law("a part without rows is no error", async ({ sink, frames, holds }) => {
    assert.equal((await sink.write("a", of([slice(frames(0, 1)[0]!, 0, 0)]), calm())).rows, 0);
    assert.equal((await sink.write("b", of([]), calm())).rows, 0);
    await holds();
  }),
  law("a batch without rows empties a part; no batch at all leaves it as it was", async ({ sink, frames, holds }) => {
    await sink.write("a", of(frames(0, 9)), calm());
    await sink.write("b", of(frames(9, 20)), calm());
    assert.equal((await sink.write("a", of([]), calm())).rows, 0);
    await holds(...frames(0, 20));
    assert.equal((await sink.write("a", of([slice(frames(0, 1)[0]!, 0, 0)]), calm())).rows, 0);
    await holds(...frames(9, 20));
  }),
  law("rows that give out leave nothing, and their error comes through", async ({ sink, place, frames, holds }) => {
    await assert.rejects(sink.write("a", of(frames(0, 9), BOOM), calm()), (error) => error === BOOM);
    assert.equal(await place.count(), 0);
    await holds();
  }),
  law("rows that give out leave the part as it was before", async ({ sink, place, frames, holds }) => {
    await sink.write("a", of(frames(0, 9)), calm());
    const count = await place.count();
    await assert.rejects(sink.write("a", of(frames(9, 20), BOOM), calm()));
    assert.equal(await place.count(), count);
    await holds(...frames(0, 9));
  }),
  law("a signal that has fired writes nothing", async ({ sink, place, frames }) => {
    await assert.rejects(sink.write("a", of(frames(0, 9)), AbortSignal.abort()));
    assert.equal(await place.count(), 0);
  }),
  law("a signal that fires between batches leaves nothing", async ({ sink, place, frames }) => {
    const stop = new AbortController();
    await assert.rejects(sink.write("a", stopping(frames(0, 9, 4), stop), stop.signal));
    assert.equal(await place.count(), 0);
  }),
];

function law(name: string, check: (bench: Bench) => Promise<void>): Law<SinkCase> {
  return {
    name,
    async check({ create }) {
      const place = await create();
      const holds = async (...frames: readonly Frame[]): Promise<void> => {
        assert.deepEqual(sorted(await place.read()), sorted(frames.flatMap((frame) => toRows(frame))));
      };
      try {
        await check({ place, sink: await place.open(), create, frames, holds });
      } finally {
        await place.remove();
      }
    },
  };
}

/** Row numbers tell rows apart; the texts are those that break careless formats. */
function frames(from: number, to: number, ...cuts: number[]): readonly Frame[] {
  const texts = ["Oslo", 'say "hi"', "a,b;c\td", "two\nlines", " spaced ", "007", "true", "é漢😀", "null", "'", "\\", "#1"];
  const rows = Array.from({ length: to - from }, (_, index): Row => {
    const id = from + index;
    return { id, price: id % 5 === 2 ? null : (id - 3) / 7, city: id % 7 === 3 ? null : texts[id % texts.length]!, isLate: id % 4 === 1 ? null : id % 2 === 0, at: id % 6 === 5 ? null : new Date(Date.UTC(1969, 11, 30 + id, 5, 6, 7, id)).toISOString() };
  });
  const frame = fromRows(FIELDS, rows);
  return [0, ...cuts].map((cut, index, all) => slice(frame, cut, all[index + 1] ?? frame.length));
}

async function* of(frames: readonly Frame[], error: Error | null = null): Batches {
  yield* frames;
  if (error !== null) throw error;
}

async function* stopping(frames: readonly Frame[], stop: AbortController): Batches {
  for (const frame of frames) {
    yield frame;
    stop.abort();
  }
}

function sorted(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => canonicalJson(row as Json)).sort();
}
