import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunRecord } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { millrace } from "../../fixtures/captured.js";
import { projectFolders, type Files } from "../../fixtures/project-folders.js";

const project = projectFolders();

type Row = Readonly<Record<"id" | "price" | "city" | "y", string | number>>;

const GOOD: readonly Row[] = Array.from({ length: 60 }, (_, id) => ({ id, price: ((id * 37) % 100) / 4, city: ["Bern", "Oslo", "Rome"][id % 3]!, y: id % 4 === 0 ? "yes" : "no" }));
const HEAD = ["id", "price", "city", "y"] as const;

function csv(rows: readonly Row[] = GOOD, head: readonly (keyof Row)[] = HEAD): string {
  return [head.join(), ...rows.map((row) => head.map((name) => row[name]).join())].map((line) => `${line}\n`).join("");
}

const withPrice = (price: (row: Row) => string | number) => csv(GOOD.map((row) => ({ ...row, price: price(row) })));

/** What a run up to the evaluation says of a file. */
async function ran(content: string | Uint8Array, { file = "t.csv", use = "csv", source = {}, columns = {}, files = {}, more = [], check }: { readonly file?: string; readonly use?: string; readonly source?: object; readonly columns?: object; readonly files?: Files; readonly more?: readonly string[]; readonly check?: readonly object[] } = {}) {
  const model = {
    source: { use, with: { files: file, ...source } },
    columns: { key: "id", target: "y", positive: "yes", ...columns },
    ...(check === undefined ? {} : { check }),
    split: "random",
    features: [{ use: "standardize", from: ["price"] }, { use: "category", from: ["city"] }],
    train: "logistic",
    evaluate: { metrics: ["roc-auc"] },
  };
  const folder = project({ "millrace.config.json": { schema: 1, project: "p", models: { m: model } }, ...files });
  writeFileSync(join(folder, Object.keys(files).length === 0 ? file : "other.csv"), content);
  const { code, out, err } = await millrace(folder, "run", "--only", "m/evaluate", "--json", ...more);
  const record = out === "" ? null : (JSON.parse(out) as RunRecord);
  const error = err === "" ? null : (JSON.parse(err) as { readonly error: { readonly code: string; readonly message: string; readonly mend: string; readonly facts: object } }).error;
  expect(err).not.toMatch(/^\s+at /m);
  return { code, error, record };
}

describe("one clear error, with the file and the place, for", () => {
  it.each<readonly [string, string | Uint8Array, string, RegExp]>([
    ["an empty file", "", "SOURCE_BAD_FILE", /"t\.csv" is empty/],
    ["a header alone", "id,price,city,y\n", "DATA_EMPTY", /no rows; it read t\.csv/],
    ["a value too many", csv().replace("\n5,", "\n5,9,"), "SOURCE_BAD_ROW", /^Line 7 of "t\.csv"/],
    ["a value too few", csv().replace(/\n5,[^,]*,/, "\n5,"), "SOURCE_BAD_ROW", /^Line 7 of "t\.csv"/],
    ["Latin-1", Buffer.from(csv().replace("Oslo", "Zürich"), "latin1"), "SOURCE_BAD_ROW", /^Line 3 of "t\.csv".*unicode/],
    ["UTF-16", Buffer.from(`\uFEFF${csv()}`, "utf16le"), "SOURCE_BAD_FILE", /"t\.csv" is UTF-16/],
    ["a NUL", csv().replace("Oslo", "Os\0lo"), "FRAME_NUL", /Row 1 of column "city"/],
    ["a very long line", csv(GOOD.map((row) => (row.id === 9 ? { ...row, city: "x".repeat(3_000_000) } : row))), "SOURCE_BAD_ROW", /^Line 11 of "t\.csv".*Maximum line size/],
    ["a column that is missing", csv(GOOD, ["id", "city", "y"]), "CONFIG_INVALID", /features\[0\]\.from\[0\].*"price"\. The source reads t\.csv\./s],
    ["a column of another type", withPrice(() => "dear"), "CONFIG_INVALID", /features\[0\]\.from\[0\].*"price": it is string.*Its first value that is no number is "dear", in line 2 of t\.csv\./s],
    ["one word among numbers", withPrice(({ id, price }) => (id === 41 ? "abc" : price)), "CONFIG_INVALID", /features\[0\]\.from\[0\].*Its first value that is no number is "abc", in line 43 of t\.csv\./s],
    ["a column that is empty, and so of no type", withPrice(() => ""), "CONFIG_INVALID", /features\[0\]\.from\[0\].*The column "price" is empty \(all null\) in t\.csv\./s],
    ["an infinity", withPrice(({ id, price }) => (Number(id) % 9 === 4 ? "inf" : price)), "DATA_INFINITE", /"price" is Infinity in training row .* In read order the first one is \$row (4|13), counted from 0\. It stands in line (6|15) of t\.csv\./],
    ["one class only", csv(GOOD.map((row) => ({ ...row, y: "no" }))), "DATA_ONE_CLASS", /has one class, "no".* The source read t\.csv\./],
    ["no label at all", csv(GOOD.map((row) => ({ ...row, y: "" }))), "DATA_EMPTY_SIDE", /no label 60.* The source read t\.csv\./],
  ])("%s", async (_, content, code, message) => {
    const ended = await ran(content);
    expect(ended.error).toMatchObject({ code, message: expect.stringMatching(message), mend: expect.any(String) });
    expect(ended.code).toBe(code === "CONFIG_INVALID" ? 2 : 3);
  });

  it("a value of another type behind the rows that were looked at, with its line", async () => {
    const { code, error } = await ran(withPrice(({ id, price }) => (id === 50 ? "dear" : price)), { source: { sampleRows: 10 } });
    expect({ code, error }).toMatchObject({ code: 3, error: { code: "SOURCE_BAD_ROW", message: expect.stringMatching(/^Line 52 of "t\.csv": column "price"/) } });
  });

  it("a word behind values that run over lines, a comment and empty lines, with its line in the file", async () => {
    const lines = withPrice(({ id, price }) => (id === 41 ? "abc" : price)).replaceAll("Oslo", '"Os\nlo"').replace("\n7,", "\n# a comment\n\n7,").split("\n");
    const line = lines.findIndex((text) => text.includes("abc")) + 1;
    expect(line).toBeGreaterThan(50);
    const { error } = await ran(lines.join("\n"), { source: { comment: "#" } });
    expect(error?.message).toContain(`is "abc", in line ${line} of t.csv.`);
    const declared = await ran(lines.join("\n"), { source: { comment: "#", types: { price: "string" } }, columns: { types: { price: "float64" } } });
    expect(declared).toMatchObject({ code: 3, error: { code: "DATA_TYPE", message: `Column "price" holds "abc" in line ${line} of t.csv, which is no float64.`, facts: { partition: "t.csv", line } } });
  });

  it("an infinity in one of several files, with the file that holds it and the line", async () => {
    const [head, ...lines] = withPrice(({ id, price }) => (Number(id) > 40 && Number(id) % 3 === 0 ? "inf" : price)).trimEnd().split("\n");
    const files = { "many/a.csv": [head, ...lines.slice(0, 30)].join("\n"), "many/b.csv": [head, "", ...lines.slice(30)].join("\n") };
    const { error, code } = await ran("", { files, file: "many/*.csv" });
    expect({ code, error }).toMatchObject({ code: 3, error: { code: "DATA_INFINITE", facts: { partition: "many/b.csv" } } });
    const [, row, line] = /\$row (\d+), counted from 0\. It stands in line (\d+) of many\/b\.csv\.$/.exec(error!.message)!;
    expect(Number(line)).toBe(Number(row) - 30 + 3);
    expect(files["many/b.csv"].split("\n")[Number(line) - 1]).toContain("inf");
    // Of a sample, whose rows have numbers of their own, the first in the source.
    const first = files["many/b.csv"].split("\n").findIndex((text) => text.includes("inf")) + 1;
    const sampled = await ran("", { files, file: "many/*.csv", more: ["--sample", "55"] });
    expect(sampled.error?.message).toMatch(new RegExp(`That is in the sample; the source's first infinity stands in line ${first} of many/b\\.csv\\.$`));
  });

  it("rows that break an expectation, each in its file and line", async () => {
    const [head, ...lines] = csv(GOOD.map((row) => ([3, 40, 41].includes(Number(row.id)) ? { ...row, price: -1, city: "Os\nlo" } : row)).map((row) => ({ ...row, city: String(row.city).includes("\n") ? `"${row.city}"` : row.city }))).trimEnd().split(/\n(?!lo)/);
    const files = { "many/a.csv": [head, ...lines.slice(0, 30)].join("\n"), "many/b.csv": [head, "", ...lines.slice(30)].join("\n") };
    const check = [{ use: "range", with: { columns: ["price"], minimum: 0 } }];
    const { error, code } = await ran("", { files, file: "many/*.csv", check });
    expect({ code, error }).toMatchObject({ code: 3, error: { code: "CHECK_FAILED", message: expect.stringContaining("Rows: many/a.csv line 5 (-1); many/b.csv line 13 (-1), 15 (-1).") } });
    for (const [name, line] of [["many/a.csv", 5], ["many/b.csv", 13], ["many/b.csv", 15]] as const) expect(files[name].split("\n")[line - 1]).toContain(",-1,");
    const { findings } = error!.facts as { readonly findings: readonly { readonly examples: readonly object[] }[] };
    expect(findings[0]!.examples).toEqual([{ row: 3, value: -1, partition: "many/a.csv", line: 5 }, { row: 40, value: -1, partition: "many/b.csv", line: 13 }, { row: 41, value: -1, partition: "many/b.csv", line: 15 }]);
    const masked = await ran("", { files, file: "many/*.csv", check, columns: { pii: ["price"] } });
    expect(masked.error?.message).toContain('Rows: many/a.csv line 5 ("(masked)"); many/b.csv line 13');
  });

  it("a word among the numbers of a personal column, which is masked", async () => {
    const { error } = await ran(withPrice(({ id, price }) => (id === 41 ? "abcxyz" : price)), { columns: { pii: ["price"] } });
    expect(error?.message).toContain("Its first value that is no number is (masked), in line 43 of t.csv.");
    expect(JSON.stringify(error)).not.toContain("abcxyz");
  });

  it("a Parquet file that is cut off", async () => {
    const flights = readFileSync(fileURLToPath(new URL("../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url)));
    const { code, error } = await ran(flights.subarray(0, 1_000_000), { file: "t.parquet", use: "parquet" });
    expect({ code, error }).toMatchObject({ code: 3, error: { code: "SOURCE_BAD_FILE", message: expect.stringContaining('"t.parquet" cannot be read') } });
  });
});

describe("what can be read is read, and every row is accounted for", () => {
  const ledgers = ({ record }: Awaited<ReturnType<typeof ran>>) => Object.fromEntries(record!.tasks.map(({ task, ledger }) => [task, ledger]));

  it("with mixed line ends", async () => {
    const ended = await ran(csv().replace("\n5,", "\r\n5,").replace("\n9,", "\r\n9,"));
    expect(ended.code).toBe(0);
    expect(ledgers(ended)["m/read"]).toEqual({ rowsIn: 60, rowsOut: 60, dropped: [] });
  });

  it("without labels in some rows: these are counted, and never a negative", async () => {
    const ended = await ran(csv(GOOD.map((row) => (Number(row.id) % 5 === 0 ? { ...row, y: "" } : row))));
    expect(ended.code).toBe(0);
    expect(ledgers(ended)["m/split"]).toMatchObject({ rowsIn: 60, rowsOut: 48, dropped: [{ reason: "no label", rows: 12 }] });
  });

  it("with a number column that is empty: said of the model that learnt nothing from it", async () => {
    const ended = await ran(withPrice(() => ""), { source: { types: { price: "float64" } } });
    expect(ended.code).toBe(0);
    const { summary } = ended.record!.tasks.find(({ task }) => task === "m/train")!;
    expect(summary).toMatchObject({ remarks: ['The column "price" holds no value in the training rows: this model has learnt nothing from it.'] });
  });

  it("and in each step rows in are rows out and what was dropped, with a reason", async () => {
    const ended = await ran(csv(GOOD.map((row) => (Number(row.id) % 7 === 0 ? { ...row, y: "" } : row))));
    const told = Object.values(ledgers(ended)).filter((ledger) => ledger !== null);
    expect(told.length).toBeGreaterThan(3);
    for (const { rowsIn, rowsOut, dropped } of told) expect(rowsOut + dropped.reduce((sum, { rows }) => sum + rows, 0)).toBe(rowsIn);
  });
});
