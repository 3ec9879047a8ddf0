import { expect, it } from "vitest";
import { bestRound, isStale } from "./best-round.js";

it("the best round is the first of the least losses, counted from 1; of none there is none", () => {
  expect([bestRound([]), bestRound([3, 1, 2, 1]), bestRound([3, 2, 1])]).toEqual([0, 2, 3]);
});

it("losses are stale when none of the last ones is below all before them", () => {
  expect([isStale([3, 1, 2], 2), isStale([3, 1, 2, 1], 2), isStale([3, 1, 2, 0.5], 2), isStale([], 1)]).toEqual([false, true, false, false]);
});
