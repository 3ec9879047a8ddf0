import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { log } from "./log.js";

describeTransform({ name: "log", fields: [field("x", "float64"), field("k", "int64")], create: () => log({ offset: 1 }), runtimes });

it("equals numpy's log1p", async () => {
  const { numbers } = await apply(await create("log"), ["a", "b"], frame({ a: reference.numbers[0]!, b: reference.numbers[1]! }));
  expectClose(numbers("a"), reference.log1p[0]!);
  expectClose(numbers("b"), reference.log1p[1]!);
});

it("is exact near zero, and minus infinity, missing or infinite where the logarithm is", async () => {
  const values = [1e-12, -1e-12, 0, 1e-300, -1, -2, Infinity, -Infinity, null];
  const { numbers } = await apply(await create("log"), ["x"], frame({ x: values }));
  expect(numbers("x")).toEqual([Math.fround(1e-12), Math.fround(-1e-12), 0, 0, -Infinity, NaN, Infinity, NaN, NaN]);
});

it("takes other offsets", async () => {
  const x = frame({ x: [1, Math.E, 10, 0] });
  expect((await apply(await create("log", { offset: 0 }), ["x"], x)).numbers("x")).toEqual([0, 1, Math.fround(Math.log(10)), -Infinity]);
  expectClose((await apply(await create("log", { offset: 5 }), ["x"], x)).numbers("x"), [6, 5 + Math.E, 15, 5].map(Math.log));
});

it("refuses text", async () => {
  const transform = await create("log");
  expect(() => transform.fields([field("t", "string")])).toThrow(/"t"/);
});
