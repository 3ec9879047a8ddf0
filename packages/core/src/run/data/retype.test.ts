import { afterEach, expect, it, vi } from "vitest";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { retype } from "./retype.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const table = (at: string) => fromRows([field("at", "string")], [{ at }]);

const place = async (row: number) => ({ text: `line ${row + 2} of t.csv`, partition: "t.csv", row: row + 1, line: row + 2 });

it("reads times that name no zone as UTC, wherever the machine stands, as requests are read", async () => {
  vi.stubEnv("TZ", "America/New_York");
  expect(new Date(2001, 0, 1).getTimezoneOffset()).toBe(300);
  const read = async (text: string) => Number(((await retype(table(text), { at: "timestamp" }, place)).column("at") as { values: BigInt64Array | Float64Array }).values[0]);
  for (const text of ["2001-01-01T10:00:00", "2001-01-01 10:00:00", "2001-01-01T11:00:00+01:00"]) expect(await read(text)).toBe(Date.UTC(2001, 0, 1, 10));
  expect(await read("2001-01-01")).toBe(Date.UTC(2001, 0, 1));
});

it("refuses texts that only some engines take for times, with their place", async () => {
  await expect(retype(table("Jan 5, 2001"), { at: "timestamp" }, place)).rejects.toMatchObject({ code: "DATA_TYPE", message: 'Column "at" holds "Jan 5, 2001" in line 2 of t.csv, which is no timestamp.', facts: { partition: "t.csv", line: 2 } });
});
