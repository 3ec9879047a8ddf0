import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { testProject } from "../test/project.js";

interface Read {
  readonly partition: string;
  readonly isLoaded: boolean;
  readonly rows: number;
  readonly content: string;
  readonly megabytes: number;
}

const query = readFileSync(join(import.meta.dirname, "../../../examples/flight-delays/flights.sql"), "utf8");
const files = { flights: "npm:vega-datasets/data/flights-3m.parquet", airports: "npm:vega-datasets/data/airports.csv" };

/** The flights of the example, read in a process of its own. */
async function read(): Promise<Read> {
  const script = join(import.meta.dirname, "../test/read-digest.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script, testProject().context.home, JSON.stringify({ query, files })]);
  return JSON.parse(stdout) as Read;
}

test("two processes read the same 3,000,000 flights in the same order, in bounded memory", async () => {
  const [first, second] = [await read(), await read()];
  expect(first.rows).toBe(3_000_000);
  expect({ ...second, megabytes: 0 }).toEqual({ ...first, megabytes: 0 });
  // As one frame they are 171 MB, as row objects above 1 GB.
  expect(Math.max(first.megabytes, second.megabytes)).toBeLessThan(700);
});

test("asking for partitions loads no natives", async () => {
  expect((await read()).isLoaded).toBe(false);
});
