import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, runtimes } from "../fixtures/apply.js";
import { clipOptions } from "./clip.options.js";
import { optionMistakes } from "../fixtures/option-mistakes.js";
import { clip } from "./clip.js";

describeTransform({ name: "clip", fields: [field("x", "float32"), field("k", "int32")], create: () => clip({ lower: -1, upper: 50 }), runtimes });

const x = frame({ x: [-5, 0, 5, Infinity, -Infinity, null] });

it("holds values between the bounds; missing stays missing", async () => {
  expect((await apply(await create("clip", { lower: -1, upper: 2 }), ["x"], x)).numbers("x")).toEqual([-1, 0, 2, 2, -1, NaN]);
  expect((await apply(await create("clip", { lower: -1 }), ["x"], x)).numbers("x")).toEqual([-1, 0, 5, Infinity, -1, NaN]);
  expect((await apply(await create("clip", { upper: 2 }), ["x"], x)).numbers("x")).toEqual([-5, 0, 2, 2, -Infinity, NaN]);
});

it("needs a bound, and bounds in order", () => {
  expect(optionMistakes(clipOptions, {})).toEqual([": needs lower, upper or both"]);
  expect(optionMistakes(clipOptions, { lower: 2, upper: 1 })).toEqual(["upper: must not be below lower"]);
});
