import { gzipSync } from "node:zlib";
import { describeSource } from "@millrace/core/testkit";
import { describe, expect, test } from "vitest";
import { fieldTexts, readRows, testProject } from "../test/project.js";

function json(content: string | Uint8Array, options: object = {}, name = "t.json") {
  return testProject({ [name]: content }).create("source", "json", { files: "*", ...options });
}

describeSource({
  name: "json",
  create: () =>
    testProject({ "a.json": '[{"id": 1, "city": "Oslo", "track": [1, 2]}, {"id": 2, "track": [3, null], "city": null}]', "b.jsonl.gz": gzipSync('{"track": [5, 6], "id": 3, "city": "Rome"}\n') }).create("source", "json", { files: "*" }),
});

describeSource({ name: "json with names that objects inherit", create: () => json('[{"constructor": 1, "toString": "a", "__proto__": 2.5}, {"constructor": 2, "toString": "b", "__proto__": null}]') });

describe("shapes", () => {
  test.each([
    ["an array", '[{"a": 1, "b": "x"}, {"a": 2.5}]'],
    ["a line each", '{"a": 1, "b": "x"}\n{"a": 2.5}\n'],
    ["a line each, without an end", '{"a": 1, "b": "x"}\r\n{"a": 2.5, "b": null}'],
  ])("%s", async (_, text) => {
    expect(await readRows(await json(text))).toEqual([{ a: 1, b: "x" }, { a: 2.5, b: null }]);
    expect(await readRows(await json(gzipSync(text)))).toHaveLength(2);
  });
  test("a member that only a late row has is a column", async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `{"a": ${i}${i === 29_999 ? ', "late": true' : ""}}`).join("\n");
    const source = await json(rows);
    expect(await fieldTexts(source)).toEqual(["a:int64", "late:bool"]);
    expect((await readRows(source)).at(-1)).toEqual({ a: 29_999, late: true });
  });
});

describe("types", () => {
  test("mixed kinds and times of day are texts, as they are written", async () => {
    const source = await json('[{"v": "x", "t": "12:30:00"}, {"v": 5, "t": "01:00:00"}, {"v": true, "t": null}]');
    expect(await readRows(source)).toEqual([{ v: "x", t: "12:30:00" }, { v: "5", t: "01:00:00" }, { v: "true", t: null }]);
  });
  test("texts that begin with U+FEFF, short and long, are others than those without", async () => {
    const texts = ["\uFEFF", "\uFEFFx", "x", "\uFEFF\uFEFFx", "\uFEFFnine bytes", "\uFEFFmore than twelve bytes", "more than twelve bytes", "x\uFEFF"];
    const source = await json(JSON.stringify([...texts, ...texts].map((t) => ({ t }))));
    expect((await readRows(source)).map(({ t }) => t)).toEqual([...texts, ...texts]);
  });
  test("a long id keeps its digits where it is declared a text", async () => {
    expect(await readRows(await json('[{"id": 12345678901234567890123}]', { types: { id: "string" } }))).toEqual([{ id: "12345678901234567890123" }]);
  });
  test("infinities written as texts come back where they are declared numbers", async () => {
    expect(await readRows(await json('[{"x": "Infinity"}, {"x": 1.5}, {"x": "-Infinity"}]', { types: { x: "float64" } }))).toEqual([{ x: Infinity }, { x: 1.5 }, { x: -Infinity }]);
  });
  test("a number that is declared whole and is not is refused, and not cut", async () => {
    await expect(readRows(await json('[{"x": 1}, {"x": 180.5}]', { types: { x: "int64" } }))).rejects.toMatchObject({ code: "SOURCE_BAD_ROW", facts: { path: "t.json", column: "x", value: ["180.5"] } });
    expect(await readRows(await json('[{"x": 1}, {"x": 2.0}, {"x": null}]', { types: { x: "int64" } }))).toEqual([{ x: 1 }, { x: 2 }, { x: null }]);
  });
  test("nested objects are refused with what to write", async () => {
    await expect((await json('[{"id": 1, "owner": {"name": "x"}}]')).fields()).rejects.toMatchObject({ code: "SOURCE_TYPE", facts: { column: "owner" } });
  });
});

describe("files that are wrong", () => {
  test.each([
    ["empty", "", "holds no rows"],
    ["an empty array", "[]", "holds no rows"],
    ["a number", "5", "holds no rows"],
    ["cut off", '[{"a": 1}, {"a":', "cannot be read: Malformed JSON"],
    ["no JSON", "hello", "cannot be read"],
    ["cut off between lines, packed", gzipSync('{"a": 1}\n'.repeat(50_000)).subarray(0, 120), "not a whole gzip file"],
  ])("%s", async (_, content, text) => {
    await expect(readRows(await json(content))).rejects.toMatchObject({ code: "SOURCE_BAD_FILE", message: expect.stringContaining(text), facts: { path: "t.json" } });
  });
});
