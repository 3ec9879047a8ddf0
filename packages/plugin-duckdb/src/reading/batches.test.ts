import { field } from "@millrace/core";
import { expect, test } from "vitest";
import { openDatabase } from "../database/open.js";
import { readFrames, testProject } from "../../test/project.js";
import { batchRows, streamBatches } from "./batches.js";
import { layoutOf } from "./query.js";

test("a batch holds 262,144 rows, or what 64 MiB hold, in whole chunks", () => {
  expect(batchRows([field("a", "float64")])).toBe(262_144);
  expect(batchRows(Array.from({ length: 100 }, (_, i) => field(`c${i}`, "float64")))).toBe(81_920);
  expect(batchRows([field("image", "float32", { shape: [1_000_000] })])).toBe(2048);
});

test("batches are full but for the last, also where chunks are not", async () => {
  const source = await testProject().create("source", "sql", { query: "SELECT range AS id FROM range(900000) WHERE range % 3 <> 1" });
  const frames = await readFrames(source);
  expect(frames.map(({ length }) => length)).toEqual([262_144, 262_144, 75_712]);
  let expected = 0;
  for (const frame of frames) {
    const { values } = frame.column("id") as { values: BigInt64Array };
    for (const value of values) {
      if (Number(value) !== expected) throw new Error(`${value} is not ${expected}`);
      expected += expected % 3 === 0 ? 2 : 1;
    }
  }
});

const FOREVER = "SELECT sum(a.range * b.range % 7)::BIGINT AS s FROM range(1000000) a, range(1000000) b";

test("a signal ends a query that takes for ever, whenever it fires", async () => {
  const { context } = testProject();
  for (const turns of [0, 1, 30]) {
    const stop = new AbortController();
    const database = await openDatabase(context, [], stop.signal);
    const layouts = await layoutOf(database.connection, FOREVER);
    const next = streamBatches(database, FOREVER, layouts, stop.signal)[Symbol.asyncIterator]().next();
    const ended = expect(next).rejects.toThrow();
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await ended;
    database.close();
  }
});

test("giving up ends a query that goes on for ever", async () => {
  const source = await testProject().create("source", "sql", { query: "SELECT range AS s FROM range(1000000000000)" });
  const [partition] = await source.partitions();
  for await (const batch of source.read({ partition: partition!, columns: null, asOf: null, keys: null }, new AbortController().signal)) {
    expect(batch.length).toBe(262_144);
    break;
  }
});

test.each([0, 1, 2_047, 2_048, 50_000, 299_999])("a query that fails at row %i fails, however many rows came before", async (row) => {
  const source = await testProject().create("source", "sql", { query: `SELECT range AS id, CASE WHEN range = ${row} THEN error('at row ' || range) ELSE range END AS x FROM range(300000)` });
  await expect(readFrames(source)).rejects.toMatchObject({ code: "SOURCE_SQL", message: expect.stringContaining(`at row ${row}`) });
});

test.each([0, 1, 2_047, 2_048, 2_049, 262_143, 262_144, 262_145])("all of %i rows come, in order, and no other", async (count) => {
  const frames = await readFrames(await testProject().create("source", "sql", { query: `SELECT range AS id, 'text ' || range AS text FROM range(${count}) ORDER BY id DESC` }));
  expect(frames.reduce((sum, { length }) => sum + length, 0)).toBe(count);
  if (count === 0) return;
  const last = frames.at(-1)!;
  expect(Number((last.column("id") as { readonly values: BigInt64Array }).values[last.length - 1])).toBe(0);
});
