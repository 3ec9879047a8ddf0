import { expect, test } from "vitest";
import { newRunId } from "./run-ids.js";

test("ids of runs sort by their start and do not repeat", () => {
  const times = Array.from({ length: 200 }, (_, i) => new Date(Date.UTC(2026, 7, 1, 9, 30, 0, 0) + i * 997));
  const ids = times.map((time) => newRunId(time));
  expect(ids[0]).toMatch(/^20260801T093000000-[0-9a-hjkmnp-tv-z]{6}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => newRunId(times[0]!))).size).toBe(1_000);
});
