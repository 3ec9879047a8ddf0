import { expect, it } from "vitest";
import { afterLoss, CRASH_LOOP, HEALTHY, isEjected, pauseBefore } from "./health.js";

it("restarts at once, then later and later, and gives up a crash loop for a while that grows", () => {
  let health = HEALTHY;
  const pauses: number[] = [];
  for (let loss = 0; loss < 4 * CRASH_LOOP; loss++) {
    health = afterLoss(health);
    pauses.push(pauseBefore(health));
  }
  const tries = [0, 100, 200, 400];
  expect(pauses).toEqual([...tries, 30_000, ...tries, 60_000, ...tries, 90_000, ...tries, 120_000]);
  expect(isEjected(health)).toBe(true);
  expect(isEjected(afterLoss(health))).toBe(false);
  expect(pauseBefore({ losses: 0, ejections: 1_000 })).toBe(300_000);
});
