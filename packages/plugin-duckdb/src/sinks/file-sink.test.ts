import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Batches, field, fromRows, seeded } from "@millrace/core";
import { frameDifference, randomFrame } from "@millrace/core/testkit";
import { describe, expect, test } from "vitest";
import { readFrame, testProject } from "../../test/project.js";
import { partFile } from "./part-file.js";

const calm = (): AbortSignal => new AbortController().signal;

async function* of(...frames: ReturnType<typeof fromRows>[]): Batches {
  yield* frames;
}

const rows = fromRows([field("a", "int32"), field("b", "string")], [{ a: 1, b: 'x, "y"' }, { a: null, b: "" }]);

describe("what is written", () => {
  test("CSV by RFC 4180", async () => {
    const project = testProject();
    await (await project.create("sink", "csv", { path: "out/predictions.csv" })).write("any", of(rows), calm());
    expect(readFileSync(join(project.folder, "out/predictions.csv"), "utf8")).toBe('a,b\n1,"x, ""y"""\n,\n');
  });
  test("a tab in a file that ends in .tsv", async () => {
    const project = testProject();
    await (await project.create("sink", "csv", { path: "out.tsv" })).write("any", of(rows), calm());
    expect(readFileSync(join(project.folder, "out.tsv"), "utf8")).toBe('a\tb\n1\t"x, ""y"""\n\t\n');
  });
  test.each([
    ["out.json", '[\n{"a":1,"b":"x, \\"y\\""},\n{"a":null,"b":null}\n]\n'],
    ["out.jsonl", '{"a":1,"b":"x, \\"y\\""}\n{"a":null,"b":null}\n'],
  ])("JSON as the extension says: %s", async (path, text) => {
    const project = testProject();
    await (await project.create("sink", "json", { path })).write("any", of(rows), calm());
    expect(readFileSync(join(project.folder, path), "utf8")).toBe(text);
    await (await project.create("sink", "json", { path: `${path}.gz` })).write("any", of(rows), calm());
    expect(gunzipSync(readFileSync(join(project.folder, `${path}.gz`))).toString()).toBe(text);
  });
  test("Parquet of every dtype comes back to the bit", async () => {
    const project = testProject();
    const fields = [...(["int32", "int64", "float32", "float64", "string", "bool", "timestamp", "bytes"] as const).map((dtype) => field(dtype, dtype)), field("vector", "float64", { shape: [3] }), field("single", "float32", { shape: [1] })];
    const frame = randomFrame(fields, 5000, seeded("parquet"));
    for (const compression of ["zstd", "none"]) {
      await (await project.create("sink", "parquet", { path: `${compression}.parquet`, compression })).write("any", of(frame), calm());
      const found = await readFrame(await project.create("source", "parquet", { files: `${compression}.parquet` }));
      expect(frameDifference(frame, found)).toBeNull();
    }
  });
  test("batches of other columns are refused, and nothing is left", async () => {
    const project = testProject();
    for (const name of ["csv", "json", "parquet"]) {
      const sink = await project.create("sink", name, { path: "out" });
      await expect(sink.write("part", of(rows, fromRows([field("a", "int32")], [{ a: 1 }])), calm())).rejects.toMatchObject({ code: "SINK_FIELDS" });
    }
    expect(readdirSync(join(project.folder, "out"))).toEqual([]);
  });
});

describe("where it is written", () => {
  test("a second part in one file is refused", async () => {
    const project = testProject();
    const sink = await project.create("sink", "csv", { path: "out.csv" });
    await sink.write("one", of(rows), calm());
    await sink.write("one", of(rows), calm());
    await expect(sink.write("two", of(rows), calm())).rejects.toMatchObject({ code: "SINK_ONE_FILE" });
  });
  test.each(["csv", "json", "parquet"])("no batch leaves a file of %s that was there", async (name) => {
    const project = testProject({ [`keep.${name}`]: "precious" });
    await (await project.create("sink", name, { path: `keep.${name}` })).write("one", of(), calm());
    expect(readFileSync(join(project.folder, `keep.${name}`), "utf8")).toBe("precious");
  });
  test("a batch without rows is a header", async () => {
    const project = testProject({ "out.csv": "old" });
    await (await project.create("sink", "csv", { path: "out.csv" })).write("one", of(fromRows(rows.fields, [])), calm());
    expect(readFileSync(join(project.folder, "out.csv"), "utf8")).toBe("a,b\n");
  });
  test("a path below a file is refused with what to do", async () => {
    const project = testProject({ file: "x" });
    await expect((await project.create("sink", "csv", { path: "file" })).write("one", of(rows), calm())).rejects.toMatchObject({ code: "SINK_WRITE", mend: expect.stringContaining("folder") });
  });
  test("nothing of DuckDB is left behind", async () => {
    const project = testProject();
    await (await project.create("sink", "parquet", { path: "out" })).write("one", of(rows), calm());
    expect(existsSync(join(project.folder, ".millrace/tmp"))).toBe(true);
    expect(readdirSync(join(project.folder, ".millrace/tmp"))).toEqual([]);
  });
  test("plain names stay, others get a hash of theirs", () => {
    expect(partFile("2024-01_a.b", ".csv")).toBe("2024-01_a.b.csv");
    const odd = ["a/b", "a_b", "A", "a", "..", "", "a\0b", "x".repeat(200), "x".repeat(201)].map((part) => partFile(part, ".csv"));
    expect(new Set(odd.map((name) => name.toLowerCase())).size).toBe(odd.length);
    for (const name of odd) expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*\.csv$/);
  });
});
