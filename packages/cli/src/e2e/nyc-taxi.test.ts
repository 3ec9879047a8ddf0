import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Ledger, RunRecord } from "@millrace/core";
import { expect, it } from "vitest";
import { millrace } from "../../fixtures/captured.js";
import { projectFolders } from "../../fixtures/project-folders.js";

const project = projectFolders();

/** 36 months of New York's taxi trips, 10,000 rows each, as they were published: mixed line ends, columns that are empty for a year, bursts of nulls. */
const TRIPS = process.env["MILLRACE_NYC_TAXI"] ?? "";
const NUMBERS = ["vendor_id", "passenger_count", "trip_distance", "rate_code_id", "pickup_location_id", "dropoff_location_id", "payment_type", "fare_amount", "extra", "mta_tax", "tip_amount", "tolls_amount", "improvement_surcharge", "total_amount", "congestion_surcharge"];

const CONFIG = {
  schema: 1,
  project: "taxi",
  models: {
    fares: {
      source: { use: "csv", with: { files: join(TRIPS, "*.csv.gz"), types: { ...Object.fromEntries(NUMBERS.map((name) => [name, "float64"])), store_and_fwd_flag: "string" } } },
      columns: { time: "pickup_datetime", target: "fare_amount", rest: "drop" },
      split: { use: "time", with: { test: "1mo", validation: "1mo" } },
      features: [
        { use: "date-parts", from: ["pickup_datetime"], with: { parts: ["hour", "weekday"] } },
        { use: "clip", from: ["trip_distance"], with: { lower: 0, upper: 100 } },
        { use: "impute", from: ["passenger_count"] },
        { use: "standardize", from: ["congestion_surcharge"] },
      ],
      train: { use: "ridge", with: { l2: 1 } },
      evaluate: { metrics: ["mae"] },
    },
  },
};

function ledgerLine(task: string, { rowsIn, rowsOut, dropped }: Ledger): string {
  return `${task}: ${rowsOut} of ${rowsIn}${dropped.map(({ reason, rows }) => `, ${rows} ${reason}`).join("")}`;
}

it("36 dirty monthly files go through, every row accounted for", async (context) => {
  if (!existsSync(join(TRIPS, "2018-01.csv.gz"))) context.skip(`MILLRACE_NYC_TAXI names no folder with the taxi files (2018-01.csv.gz to 2020-12.csv.gz)${TRIPS === "" ? "" : `: ${TRIPS}`}`);
  const folder = project({ "millrace.config.json": CONFIG });
  const { code, out, err } = await millrace(folder, "run", "--only", "fares/evaluate", "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { tasks } = JSON.parse(out) as RunRecord;
  const ledgers = tasks.flatMap(({ task, ledger }) => (ledger === null ? [] : [[task, ledger] as const]));
  console.info(ledgers.map(([task, ledger]) => ledgerLine(task, ledger)).join("\n"));
  expect(ledgers[0]).toEqual(["fares/read", { rowsIn: 360_000, rowsOut: 360_000, dropped: [] }]);
  for (const [, { rowsIn, rowsOut, dropped }] of ledgers) expect(rowsOut + dropped.reduce((sum, { rows }) => sum + rows, 0)).toBe(rowsIn);
});
