import { array, assert, integer, nat, property } from "fast-check";
import { expect, test } from "vitest";
import type { Frame } from "../contracts/frame.js";
import { numberColumn } from "./columns.js";
import { createFrame, field } from "./frame.js";
import { randomRows } from "./random-rows.js";
import { seeded } from "./random.js";
import { rechunk } from "./rechunk.js";
import { toRows } from "./rows.js";
import { concat, select, slice, take, withColumn } from "./take.js";
import { textColumn } from "./text-column.js";

const fields = [field("x", "float64"), field("t", "timestamp"), field("s", "string"), field("y", "bytes"), field("v", "float32", { shape: [2] }), field("w", "int32", { shape: [2] }), field("p", "sparse", { nullable: false, shape: [300_000] })];
const random = (seed: number, rows: number) => randomRows(fields, {}, rows, seeded(seed));
const of = (...texts: string[]) => createFrame([field("s", "string")], [textColumn(texts)], texts.length);
const one = (dtype: "int32" | "float64") => createFrame([field("n", dtype)], [numberColumn(dtype, [1])], 1);

test("take and slice give the rows that were asked for", () => {
  assert(
    property(integer(), array(nat({ max: 29 }), { maxLength: 40 }), nat({ max: 30 }), nat({ max: 30 }), (seed, indices, one, two) => {
      const frame = random(seed, 30);
      const rows = toRows(frame);
      const [from, to] = [Math.min(one, two), Math.max(one, two)];
      expect(toRows(take(frame, Int32Array.from(indices)))).toEqual(indices.map((index) => rows[index]));
      expect(toRows(take(frame, Int32Array.from(indices), (bytes) => new Uint8Array(bytes).fill(255)))).toEqual(indices.map((index) => rows[index]));
      expect(toRows(slice(frame, from, to))).toEqual(rows.slice(from, to));
    }),
    { numRuns: 50 },
  );
});

test("concat gives all rows in order, and the same frame however the parts were cut", () => {
  assert(
    property(integer(), nat({ max: 30 }), nat({ max: 30 }), (seed, one, two) => {
      const frame = random(seed, 30);
      const [from, to] = [Math.min(one, two), Math.max(one, two)];
      const whole = concat([slice(frame, 0, from), slice(frame, from, to), slice(frame, to, 30)]);
      for (const { name } of fields) expect(whole.column(name)).toEqual(frame.column(name));
      expect(toRows(concat([random(seed, 5), frame]))).toEqual([...toRows(random(seed, 5)), ...toRows(frame)]);
    }),
    { numRuns: 50 },
  );
});

test("dictionaries merge in the order of first appearance", () => {
  expect(concat([of("b", "a"), of("c", "a", ""), of("b")]).column("s")).toEqual({ dtype: "string", codes: Int32Array.of(1, 2, 3, 2, 0, 1), dictionary: ["", "b", "a", "c"] });
});

test("columns are chosen, added and replaced", () => {
  const frame = random(1, 3);
  expect(select(frame, ["s", "x"]).fields.map(({ name }) => name)).toEqual(["s", "x"]);
  expect(() => select(frame, ["z"])).toThrow(expect.objectContaining({ code: "FRAME_NO_COLUMN" }));
  const more = withColumn(withColumn(frame, field("n", "int32"), numberColumn("int32", [1, 2, 3])), field("x", "int32"), numberColumn("int32", [4, 5, 6]));
  expect(more.fields.map(({ name }) => name)).toEqual(["x", "t", "s", "y", "v", "w", "p", "n"]);
  expect(more.column("x")).toMatchObject({ dtype: "int32" });
  expect(() => withColumn(frame, field("n", "int32"), numberColumn("int32", [1]))).toThrow(expect.objectContaining({ code: "FRAME_LENGTH" }));
});

test("frames whose columns differ do not concatenate", () => {
  expect(() => concat([one("int32"), one("float64")])).toThrow(expect.objectContaining({ code: "FRAME_LENGTH" }));
  expect(() => concat([one("int32"), createFrame([], [], 1)])).toThrow(expect.objectContaining({ code: "FRAME_NO_COLUMN" }));
});

test("parts have the size that was asked for, whatever the batches were", async () => {
  async function* batches(sizes: readonly number[]): AsyncIterable<Frame> {
    let at = 0;
    for (const size of sizes) yield slice(random(7, 40), at, (at += size));
  }
  const parts: Frame[] = [];
  for await (const part of rechunk(batches([3, 0, 20, 1, 6]), 8)) parts.push(part);
  expect(parts.map(({ length }) => length)).toEqual([8, 8, 8, 6]);
  expect(parts.flatMap(toRows)).toEqual(toRows(slice(random(7, 40), 0, 30)));
  for await (const part of rechunk(batches([0, 0]), 8)) expect(part).toBeNull();
});
