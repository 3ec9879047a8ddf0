import { expect, it } from "vitest";
import { markupOf } from "../html.js";
import { interval, spark } from "./spark.js";

const heights = (shares: readonly number[]) => [...markupOf(spark(shares, "h")).matchAll(/ height="([\d.]+)"\/>/g)].map(([, height]) => Number(height));

it("draws the tallest bar as tall as there is room, and what is there at all by a pixel", () => {
  expect(heights([0.5, 0.25, 0, 0.0001])).toEqual([26, 13, 0, 1]);
  expect(heights([300, 150])).toEqual([26, 13]);
  expect(heights([])).toEqual([]);
});

it("keeps an interval within its scale, also where the scale is a point", () => {
  const places = (markup: string) => [...markup.matchAll(/ (?:x1|x2|cx)="([^"]+)"/g)].map(([, place]) => Number(place));
  expect(places(markupOf(interval(0.5, 9, 0.5, [0, 1])))).toEqual([80, 80, 4, 156, 80]);
  expect(places(markupOf(interval(2, null, null, [2, 2])))).toEqual([4]);
});
