import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFrame, field, numberColumn, removeAbandoned, select, toArrow, type Digest, type Frame, type ModelVersion, type Source } from "@millrace/core";
import type { Policy } from "@millrace/plugin-serve";
import { afterAll, describe, expect, it } from "vitest";
import type { CheckRows } from "./input-checks.js";
import { openParts } from "./prediction-parts.js";
import { jobOf, PART_ROWS, predictions } from "./predictions.js";
import { NO_PROGRESS, rowProgress } from "./row-progress.js";

const home = mkdtempSync(join(tmpdir(), "millrace-predict-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const INPUTS = [field("x", "float64")];
const OUTPUTS = [field("y", "float64")];
const frameOf = (name: string, values: Float64Array) => createFrame([field(name, "float64")], [numberColumn("float64", values)], values.length);
const numbers = (frame: Frame, name: string) => (frame.column(name) as { readonly values: Float64Array }).values;

/** Rows 0 to `rows`, in batches that meet no part's end. */
function sourceOf(rows: number, digest = "sha256:1"): Source {
  return {
    fields: async () => INPUTS,
    partitions: async () => [{ id: "p", digest: digest as Digest }],
    async *read() {
      for (let from = 0; from < rows; from += 10_007) yield frameOf("x", Float64Array.from({ length: Math.min(10_007, rows - from) }, (_, at) => from + at));
    },
  };
}

function countedModel() {
  let asked = 0;
  const model = {
    version: { onnx: "sha256:2" } as unknown as ModelVersion,
    signature: { name: "double", inputs: INPUTS, outputs: OUTPUTS, problem: null, seen: {} },
    async predictFrame(frame: Frame) {
      asked += frame.length;
      return createFrame(OUTPUTS, [numberColumn("float64", numbers(frame, "x").map((value) => 2 * value))], frame.length);
    },
  };
  return { model, asked: () => asked };
}

const ROWS = 3 * PART_ROWS + 17;
const output = join(home, "out.parquet");
const check: CheckRows = (rows) => ({ inputs: select(rows, ["x"]), flags: null });
const NO_POLICY = () => null;
const signal = new AbortController().signal;

async function run(rows: number, { most = Infinity, digest, policy = NO_POLICY }: { readonly most?: number; readonly digest?: string; readonly policy?: () => Policy | null } = {}) {
  const { model, asked } = countedModel();
  const source = sourceOf(rows, digest);
  const parts = await openParts(home, output, await jobOf(source, model, policy));
  const found: number[] = [];
  let batches = 0;
  for await (const batch of predictions({ source, model, check, prefix: "", signal, parts, progress: NO_PROGRESS })) {
    if (batches++ === most) break;
    for (const value of numbers(batch, "y")) found.push(value);
  }
  return { found, asked: asked(), parts };
}

describe("predictions for a file", () => {
  const expected = Array.from({ length: ROWS }, (_, at) => 2 * at);

  it("go on where they were left, and come out the same", async () => {
    expect((await run(ROWS, { most: 1 })).asked).toBe(2 * PART_ROWS);
    const { found, asked, parts } = await run(ROWS);
    expect(asked).toBe(PART_ROWS + 17);
    expect(found).toEqual(expected);
    expect((await run(ROWS)).asked).toBe(0);
    await parts.remove();
    expect(readdirSync(join(home, "predict/tmp"))).toEqual([]);
  });

  it("are made again where a part was cut off, and a part of another length is none", async () => {
    const { parts } = await run(ROWS, { most: 3 });
    const [folder] = readdirSync(join(home, "predict/tmp"));
    const part = (index: number) => join(home, "predict/tmp", folder!, `0000000${index}.arrow`);
    truncateSync(part(0), 100);
    writeFileSync(part(1), toArrow(frameOf("y", Float64Array.of(1))));
    const { found, asked } = await run(ROWS);
    expect(asked).toBe(2 * PART_ROWS);
    expect(found).toEqual(expected);
    await parts.remove();
  });

  it("that nobody goes on with are let go after a day", async () => {
    await run(ROWS, { most: 1 });
    const [folder] = readdirSync(join(home, "predict/tmp"));
    await removeAbandoned(join(home, "predict/tmp"));
    expect(readdirSync(join(home, "predict/tmp"))).toEqual([folder]);
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    utimesSync(join(home, "predict/tmp", folder!), longAgo, longAgo);
    await removeAbandoned(join(home, "predict/tmp"));
    expect(readdirSync(join(home, "predict/tmp"))).toEqual([]);
  });

  it("begin anew where the rows are others, or what happens to odd values", async () => {
    await run(ROWS, { most: 1 });
    expect((await run(ROWS, { digest: "sha256:3" })).asked).toBe(ROWS);
    expect((await run(ROWS, { digest: "sha256:3", policy: () => "missing" })).asked).toBe(ROWS);
  });

  it("have a header where there are no rows", async () => {
    const { model } = countedModel();
    const batches: Frame[] = [];
    for await (const batch of predictions({ source: sourceOf(0), model, check, prefix: "new_", signal, parts: null, progress: NO_PROGRESS })) batches.push(batch);
    expect(batches.map(({ length, fields }) => [length, fields.map(({ name }) => name)])).toEqual([[0, ["x", "new_y"]]]);
    expect(existsSync(join(home, "predict", "none"))).toBe(false);
  });
});

describe("progress", () => {
  it("is one line on a terminal, drawn again a few times a second, and nothing elsewhere", () => {
    for (const isInteractive of [true, false]) {
      let written = "";
      let now = 0;
      const progress = rowProgress({ out() {}, err: (text) => (written += text), isInteractive, columns: () => 80 }, () => now);
      for (now = 1_000; now < 2_000; now += 50) progress.add(1_000);
      progress[Symbol.dispose]();
      const drawn = written.split("\r").length - 1;
      expect(drawn).toBe(isInteractive ? 6 : 0);
      if (isInteractive) expect(written).toContain("17,000 rows, 9,444 a second");
    }
  });
});
