import { execFileSync } from "node:child_process";
import { assert, integer, nat, property } from "fast-check";
import { tableFromArrays, tableFromIPC, tableToIPC } from "apache-arrow";
import { expect, test } from "vitest";
import { digestOf } from "../fold/digest.js";
import { fromArrow, toArrow } from "./arrow.js";
import { numberColumn } from "./columns.js";
import { createFrame, field } from "./frame.js";
import { randomRows } from "./random-rows.js";
import { seeded } from "./random.js";
import { toRows } from "./rows.js";
import { slice, take } from "./take.js";
import { textColumn } from "./text-column.js";

const fields = [
  field("f", "float64", { nullable: false }),
  field("g", "float32"),
  field("i", "int32"),
  field("l", "int64"),
  field("u", "uint8"),
  field("b", "bool"),
  field("t", "timestamp"),
  field("s", "string"),
  field("x", "bytes"),
  field("code", "int32", { categories: ["a", "b"] }),
  field("v", "float32", { shape: [3] }),
  field("w", "int32", { shape: [2] }),
  field("z", "sparse", { nullable: false, shape: [300_000] }),
];
const random = (seed: number, rows: number) => randomRows(fields, {}, rows, seeded(seed));
const bytesOfNumber = (bits: bigint) => toArrow(createFrame([field("f", "float64")], [{ dtype: "float64", values: new Float64Array(BigUint64Array.of(bits).buffer) }], 1));

test("a frame comes back as it was, and its bytes are a function of its values", () => {
  assert(
    property(integer(), nat({ max: 40 }), nat({ max: 40 }), (seed, rows, cut) => {
      const whole = random(seed, rows + 9);
      const frame = slice(whole, Math.min(cut, rows), whole.length);
      const bytes = toArrow(frame);
      const back = fromArrow(bytes);
      expect(back.fields).toEqual(frame.fields);
      for (const { name } of fields) expect(back.column(name)).toEqual(frame.column(name));
      expect(toArrow(back)).toEqual(bytes);
      expect(toArrow(take(whole, Int32Array.from({ length: frame.length }, (_, row) => row + Math.min(cut, rows))))).toEqual(bytes);
    }),
    { numRuns: 40 },
  );
});

test("frames without rows or without columns", () => {
  expect(toRows(fromArrow(toArrow(random(1, 0))))).toEqual([]);
  expect(fromArrow(toArrow(random(1, 0))).fields).toEqual(fields);
  expect(fromArrow(toArrow(createFrame([], [], 3))).length).toBe(3);
});

test("another process writes the same bytes", () => {
  toArrow(random(1, 5));
  const script = `
    import { toArrow, seeded } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
    import { randomRows } from ${JSON.stringify(new URL("../../dist/frame/random-rows.js", import.meta.url).href)};
    import { digestOf } from ${JSON.stringify(new URL("../../dist/fold/digest.js", import.meta.url).href)};
    console.log(digestOf(toArrow(randomRows(${JSON.stringify(fields)}, {}, 50, seeded(9)))));`;
  expect(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }).trim()).toBe(digestOf(toArrow(random(9, 50))));
});

test("NaNs of other bits give the same bytes", () => {
  expect(bytesOfNumber(0xfff8000000000123n)).toEqual(bytesOfNumber(0x7ff8000000000000n));
});

test("other readers of Arrow see texts, times and vectors", () => {
  const frame = createFrame(
    [field("s", "string"), field("t", "timestamp"), field("v", "float32", { shape: [2] })],
    [{ dtype: "string", codes: Int32Array.of(1, 0), dictionary: ["", "JFK"] }, numberColumn("timestamp", [0, null]), numberColumn("float32", [1, 2, 3, 4])],
    2,
  );
  const [first, second] = tableFromIPC(toArrow(frame)).toArray();
  expect([first.s, Number(first.t), [...first.v], second.s, second.t]).toEqual(["JFK", 0, [1, 2], "", null]);
});

test("unaligned bytes are read, and foreign ones refused", () => {
  const bytes = toArrow(random(3, 4));
  const moved = new Uint8Array(bytes.length + 1);
  moved.set(bytes, 1);
  expect(toRows(fromArrow(moved.subarray(1)))).toEqual(toRows(random(3, 4)));
  const foreign = tableToIPC(tableFromArrays({ x: Int32Array.of(1) }));
  for (const wrong of [new Uint8Array(20), Buffer.from("no Arrow at all, but a text"), bytes.subarray(0, 100), bytes.subarray(0, bytes.length / 2), foreign, new Uint8Array(0)])
    expect(() => fromArrow(wrong)).toThrow(expect.objectContaining({ code: "FRAME_ARROW" }));
});

test("texts that begin with U+FEFF, or are nothing else, stay other texts than those without", () => {
  const texts = ["x", "\uFEFFx", "\uFEFF", "\uFEFF\uFEFFx", "y\uFEFF", `\uFEFF${"long ".repeat(20)}`];
  const back = fromArrow(toArrow(createFrame([field("s", "string")], [textColumn(texts)], texts.length)));
  expect(back.column("s")).toMatchObject({ codes: Int32Array.of(1, 2, 3, 4, 5, 6), dictionary: ["", ...texts] });
});
