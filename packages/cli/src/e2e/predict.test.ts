import { createWriteStream, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Json } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { millrace, millraceOk, millraceWith } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig, type Order } from "../../fixtures/shop.js";

const PRELOAD = ["--import", fileURLToPath(new URL("../../fixtures/signal-at-part.mjs", import.meta.url))];
const project = projectFolders();
const ORDERS = orders();
/** Two parts, the second one short. */
const ROWS = 70_000;
let folder = "";

const NAMES = ["ordered", "city", "channel", "price", "weight", "items", "minute", "member"] as const;
const line = (order: Order) => `${NAMES.map((name) => order[name] ?? "").join()}\n`;

/** A file of so many rows, a hundred blocks of the same orders after another. */
async function writeRows(name: string, rows: number): Promise<void> {
  const block = ORDERS.map(line).join("");
  const stream = createWriteStream(join(folder, name));
  stream.write(`${NAMES.join()}\n`);
  for (let left = rows; left > 0; left -= ORDERS.length) {
    const text = left >= ORDERS.length ? block : ORDERS.slice(0, left).map(line).join("");
    if (!stream.write(text)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "close");
}

beforeAll(async () => {
  folder = project({ "millrace.config.json": shopConfig("returned"), "orders.jsonl": jsonLines(ORDERS) });
  await millraceOk(folder, "run");
  await writeRows("many.csv", ROWS);
});

const parts = () => readdirSync(join(folder, ".millrace/predict/tmp")).flatMap((job) => readdirSync(join(folder, ".millrace/predict/tmp", job)));
/** Names beside the files of the test that begin with a dot: what is being written. */
const drafts = () => readdirSync(folder).filter((name) => name.startsWith(".") && name !== ".millrace");

describe("a large file", () => {
  it.each([["csv", "SIGKILL"], ["parquet", "SIGKILL"], ["jsonl.gz", "SIGINT"]] as const)("of %s, stopped by %s, goes on from its last finished part, to the same bytes", async (extension, signal) => {
    const call = ["predict", "returned@champion", "--in", "many.csv", "--out"] as const;
    const [whole, out] = [`whole.${extension}`, `out.${extension}`];
    await millraceOk(folder, ...call, whole);
    expect(parts()).toEqual([]);
    const env = { MILLRACE_SIGNAL: signal, MILLRACE_SIGNAL_AT: "00000000.arrow" };
    const ended = await millraceWith({ node: PRELOAD, env }, folder, ...call, out);
    expect(ended.code).toBe(signal === "SIGKILL" ? null : 130);
    if (signal === "SIGINT") expect(ended.err).toMatch(/error RUN_INTERRUPTED: .*\n[^]*it goes on from the last finished part/);
    expect(existsSync(join(folder, out))).toBe(false);
    const made = parts();
    expect(made).toEqual(expect.arrayContaining(["00000000.arrow", "job.json"]));
    expect(made).not.toContain("00000001.arrow");
    // Only the second part is made: the first one would end the process.
    const next = await millraceWith({ node: PRELOAD, env: { MILLRACE_SIGNAL: "SIGKILL", MILLRACE_SIGNAL_AT: "00000000.arrow" } }, folder, ...call, out);
    expect({ code: next.code, err: next.err }).toEqual({ code: 0, err: "" });
    expect(readFileSync(join(folder, out)).equals(readFileSync(join(folder, whole)))).toBe(true);
    expect(parts()).toEqual([]);
    expect(drafts()).toEqual([]);
  });
});

describe("memory", () => {
  it.each(["jsonl", "parquet"])("does not grow with a file, written as %s: the heap is small, and the budget holds", async (extension) => {
    if (!existsSync(join(folder, "large.csv"))) await writeRows("large.csv", 400_000);
    const [budget, heap] = [512, 64];
    const peakFile = join(folder, "peak");
    const ended = await millraceWith({ node: [...PRELOAD, `--max-old-space-size=${heap}`], env: { MILLRACE_PEAK_FILE: peakFile } }, folder, "predict", "returned@champion", "--in", "large.csv", "--out", `large.${extension}`, "--set", `limits.memory="${budget}MiB"`, "--json");
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: "" });
    expect(ended.json()).toMatchObject([{ rows: 400_000 }]);
    expect(Number(readFileSync(peakFile, "utf8")) / 1_024).toBeLessThan(budget);
  });
});

describe("values that do not fit", () => {
  type Rows = readonly Readonly<Record<string, Json>>[];
  const odd = [{ ...ORDERS[0], price: 1e6 }, { ...ORDERS[1], price: "much" }, { ...ORDERS[2], city: "Atlantis" }, ORDERS[3]!, { ...ORDERS[4], member: "perhaps", price: -3 }];
  const names = [...NAMES, "id"] as const;
  beforeAll(() => {
    writeFileSync(join(folder, "odd.jsonl"), jsonLines(odd));
    writeFileSync(join(folder, "odd.csv"), [names.join(), ...odd.map((row) => names.map((name) => (row as Record<string, Json>)[name] ?? "").join()), ""].join("\n"));
  });
  const predict = (file: string, ...more: readonly string[]) => millrace(folder, "predict", "returned@champion", "--in", file, ...more);

  it.each(["odd.csv", "odd.jsonl"])("are refused where they are of another type: %s", async (file) => {
    const { code, err, out } = await predict(file, "--out", "never.csv");
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain("much");
    if (file.endsWith(".csv")) expect(err).toContain(" (Rows count from 0.) It stands in line 3 of odd.csv.");
    expect(existsSync(join(folder, "never.csv"))).toBe(false);
  });

  it.each(["odd.csv", "odd.jsonl"])("pass as missing, are counted, and stay in the file as they were: %s", async (file) => {
    const [told] = (await millraceOk(folder, "predict", "returned@champion", "--in", file, "--misfits", "missing", "--flags", "doubts", "--out", "passed.jsonl", "--json")).json();
    expect(told).toMatchObject({ rows: 5 });
    expect(told!["misfits"]).toEqual(expect.arrayContaining([
      { column: "price", kind: "range", outcome: "missing", values: 2, firstRow: 0 },
      { column: "price", kind: "type", outcome: "missing", values: 1, firstRow: 1 },
      { column: "city", kind: "category", outcome: "missing", values: 1, firstRow: 2 },
      { column: "member", kind: "type", outcome: "missing", values: 1, firstRow: 4 },
    ]));
    const rows = readFileSync(join(folder, "passed.jsonl"), "utf8").trim().split("\n").map((text) => JSON.parse(text) as Rows[number]);
    expect(rows.map(({ doubts }) => doubts)).toEqual(["price range", "price type", "city category", null, expect.stringMatching(/member type/)]);
    expect(rows[1]).toMatchObject({ price: "much" });
    writeFileSync(join(folder, "none.jsonl"), jsonLines([{ ...odd[0], price: null }, { ...odd[1], price: null }, { ...odd[2], city: null }, odd[3]!, { ...odd[4], member: null, price: null }]));
    const expected = (await millraceOk(folder, "predict", "returned@champion", "--in", "none.jsonl")).json() as Rows;
    expect(rows.map(({ score }) => score)).toEqual(expected.map(({ score }) => score));
  });

  it("are flagged on the error stream where rows are printed, by column where the config says so", async () => {
    writeFileSync(join(folder, "far.jsonl"), jsonLines([{ ...ORDERS[0], price: 1e6 }, ORDERS[3]!]));
    const plain = await predict("far.jsonl");
    expect({ code: plain.code, err: plain.err }).toEqual({ code: 0, err: "  price: 1 value outside the range of training, flagged; the first in row 0\n" });
    const scripted = await predict("far.jsonl", "--json");
    expect(JSON.parse(scripted.err)).toEqual({ misfits: [{ column: "price", kind: "range", outcome: "flag", values: 1, firstRow: 0 }] });
    const refused = await predict("far.jsonl", "--set", "server.inputs.price=refuse", "--misfits", "missing");
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(/error DATA_MISFIT: Row 0: "price" is 1000000; allowed is .*\n[^]*--misfits missing/);
  });

  it.each([["--misfits", "perhaps"], ["--flags", "score"], ["--flags", "price"]])("are not told by %s %s", async (option, value) => {
    const { code, err } = await predict("odd.csv", option, value);
    expect(code).toBe(2);
    expect(err).toContain(`error USAGE_ARGUMENT: ${option} `);
  });

  it.each(["csv", "jsonl"])("are refused where whole numbers have a fraction, among the first rows and behind them, and nothing is rounded: %s", async (extension) => {
    const written = (rows: readonly Record<string, Json>[]) => (extension === "csv" ? [names.join(), ...rows.map((row) => names.map((name) => row[name] ?? "").join()), ""].join("\n") : jsonLines(rows));
    const whole = Array.from({ length: 21_000 }, (_, at) => ORDERS[at % ORDERS.length]! as unknown as Record<string, Json>);
    for (const rows of [[whole[0]!, { ...whole[1], items: 2.5 }], [...whole, { ...whole[1], items: 2.5 }]]) {
      writeFileSync(join(folder, `half.${extension}`), written(rows));
      const { code, err } = await predict(`half.${extension}`, "--out", "never.csv");
      expect(code).toBe(3);
      expect(err).toMatch(/items"? (is|holds) 2\.5/);
      expect(existsSync(join(folder, "never.csv"))).toBe(false);
    }
  });

  it("need their columns", async () => {
    writeFileSync(join(folder, "few.csv"), "price,city\n1,Bern\n");
    const { code, err } = await predict("few.csv", "--out", "never.csv");
    expect(code).toBe(3);
    expect(err).toMatch(/error DATA_NO_COLUMN: The file has no column "\w+", which the model takes\./);
  });
});
