import { expect, test } from "vitest";
import { field } from "./frame.js";
import { goldenRows, randomRows } from "./random-rows.js";
import { seeded } from "./random.js";
import { toRows } from "./rows.js";
import { compareText, sortTexts } from "./text-order.js";

const inputs = [field("x", "float64"), field("s", "string"), field("at", "timestamp"), field("ok", "bool")];
const seen = {
  x: { kind: "number", minimum: 10, maximum: 20, missing: 0 },
  s: { kind: "text", values: ["JFK", "LAX"], missing: 1 },
  at: { kind: "number", minimum: 0, maximum: 1000, missing: 0 },
} as const;

test("golden rows hold the middle, nothing, and each value where implementations differ", () => {
  const rows = toRows(goldenRows(inputs, seen));
  expect(rows[0]).toEqual({ x: 15, s: "LAX", at: "1970-01-01T00:00:00.500Z", ok: true });
  expect(rows[1]).toEqual({ x: null, s: null, at: null, ok: null });
  const values = (name: string) => new Set(rows.map((row) => row[name]));
  for (const value of [10, 20, 0, 30, Infinity, -Infinity, null]) expect(values("x")).toContain(value);
  for (const value of ["JFK", "LAX", "unseen", "\uFEFFJFK", "\uFEFF", "Ünsèen 未 😀", null]) expect(values("s")).toContain(value);
  expect(values("ok")).toEqual(new Set([true, false, null]));
  expect(rows.some(({ x }) => Object.is(x, -0))).toBe(true);
  expect(toRows(goldenRows(inputs, seen))).toEqual(rows);
});

test("random rows are a function of the generator, and hold ordinary and odd values", () => {
  const rows = toRows(randomRows(inputs, seen, 500, seeded("a")));
  expect(toRows(randomRows(inputs, seen, 500, seeded("a")))).toEqual(rows);
  expect(toRows(randomRows(inputs, seen, 500, seeded("b")))).not.toEqual(rows);
  expect(new Set(rows.map(({ s }) => s)).size).toBeGreaterThan(4);
  expect(rows.filter(({ x }) => typeof x === "number" && x > 10 && x < 20).length).toBeGreaterThan(300);
});

test("generators are uniform, and the same everywhere", () => {
  const random = seeded("millrace");
  expect([random(), random()]).toEqual([0.04684193925392466, 0.7777829247682145]);
  const draws = Array.from({ length: 20_000 }, seeded(3));
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1);
});

test("texts sort as their UTF-8 bytes do", () => {
  const texts = ["b", "\u{1F600}", "\uFF5E", "", "a", "ab", "\u{10000}", "\uE000", "é"];
  const byBytes = [...texts].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  expect(sortTexts(texts)).toEqual(byBytes);
  expect([...texts].sort(compareText)).toEqual(byBytes);
  expect(sortTexts(["b", "a"])).toEqual(["a", "b"]);
});
