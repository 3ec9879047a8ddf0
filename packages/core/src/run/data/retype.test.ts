import { afterEach, expect, it, vi } from "vitest";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { retype } from "./retype.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const table = (at: string) => fromRows([field("at", "string")], [{ at }]);

it("reads times that name no zone as UTC, wherever the machine stands, as requests are read", () => {
  vi.stubEnv("TZ", "America/New_York");
  expect(new Date(2001, 0, 1).getTimezoneOffset()).toBe(300);
  const read = (text: string) => Number((retype(table(text), { at: "timestamp" }).column("at") as { values: BigInt64Array | Float64Array }).values[0]);
  for (const text of ["2001-01-01T10:00:00", "2001-01-01 10:00:00", "2001-01-01T11:00:00+01:00"]) expect(read(text)).toBe(Date.UTC(2001, 0, 1, 10));
  expect(read("2001-01-01")).toBe(Date.UTC(2001, 0, 1));
});

it("refuses texts that only some engines take for times", () => {
  expect(() => retype(table("Jan 5, 2001"), { at: "timestamp" })).toThrow('Column "at", row 0: "Jan 5, 2001" is no timestamp.');
});
