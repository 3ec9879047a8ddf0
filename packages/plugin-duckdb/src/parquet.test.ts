import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFrame, type Field, field, fromRows, type Row } from "@millrace/core";
import { describeSource } from "@millrace/core/testkit";
import { describe, expect, test } from "vitest";
import { fieldTexts, type Project, readFrames, readRows, testProject } from "../test/project.js";

async function writeParquet(project: Project, name: string, fields: readonly Field[], rows: readonly Row[]): Promise<void> {
  const sink = await project.create("sink", "parquet", { path: name });
  const frame = fromRows(fields, rows);
  await sink.write(name, (async function* () {
    yield createFrame(frame.fields, frame.fields.map((each) => frame.column(each.name)), frame.length);
  })(), new AbortController().signal);
}

const fields = [field("id", "int32"), field("city", "string"), field("at", "timestamp"), field("track", "float32", { shape: [2] })];

describeSource({
  name: "parquet",
  async create() {
    const project = testProject();
    await writeParquet(project, "b.parquet", fields, [{ id: 3, city: "Rome", at: 5, track: [1, 2] }]);
    await writeParquet(project, "a.parquet", fields, [{ id: 1, city: "Oslo", at: 0, track: [1, null] }, { id: null, city: null, at: null, track: null }]);
    return project.create("source", "parquet", { files: "*.parquet" });
  },
});

test("columns keep the types of the file", async () => {
  const project = testProject();
  await writeParquet(project, "a.parquet", fields, [{ id: 1, city: "Oslo", at: 0, track: [1, 2] }]);
  expect(await fieldTexts(await project.create("source", "parquet", { files: "a.parquet" }))).toEqual(["id:int32", "city:string", "at:timestamp", "track:float32[2]"]);
  const declared = await project.create("source", "parquet", { files: "a.parquet", types: { id: "string" } });
  expect(await readRows(declared, { columns: ["id"] })).toEqual([{ id: "1" }]);
  await expect((await project.create("source", "parquet", { files: "a.parquet", types: { ids: "string" } })).fields()).rejects.toMatchObject({ code: "SOURCE_NO_COLUMN", mend: 'Did you mean "id"?' });
});

test("files of other types are refused, with the option to paste", async () => {
  const project = testProject();
  await writeParquet(project, "a.parquet", [field("n", "int32")], [{ n: 1 }]);
  await writeParquet(project, "b.parquet", [field("n", "float64")], [{ n: 1.5 }]);
  await expect((await project.create("source", "parquet", { files: "*" })).fields()).rejects.toMatchObject({ code: "SOURCE_COLUMNS", mend: 'Declare what they are: types: { "n": "float64" }.' });
  expect(await readRows(await project.create("source", "parquet", { files: "*", types: { n: "float64" } }))).toEqual([{ n: 1 }, { n: 1.5 }]);
});

describe("files that are wrong", () => {
  const flights = readFileSync(join(import.meta.dirname, "../node_modules/vega-datasets/data/flights-3m.parquet"));
  const damaged = Buffer.from(flights).fill(7, 1000, 200_000);
  test.each([
    ["empty", Buffer.alloc(0)],
    ["a text", Buffer.from("hello, this is no parquet")],
    ["cut off", flights.subarray(0, 1_000_000)],
    ["damaged inside", damaged],
  ])("%s is named", async (_, bytes) => {
    const source = await testProject({ "t.parquet": bytes }).create("source", "parquet", { files: "t.parquet" });
    await expect(readFrames(source)).rejects.toMatchObject({ code: "SOURCE_BAD_FILE", message: expect.stringContaining('The file "t.parquet" cannot be read'), facts: { path: "t.parquet" } });
  });
});
