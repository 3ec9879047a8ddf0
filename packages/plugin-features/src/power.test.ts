import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, run, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { minimize } from "./minimize.js";
import { power, type PowerState } from "./power.js";

const [a, b, c] = reference.skewed;
const table = frame({ a: a!, b: b!, c: c! });
const positive = (rows: number, random: () => number) => frame({ x: { dtype: "float64", values: Array.from({ length: rows }, () => (random() < 0.1 ? null : Math.exp(4 * random()))) } });

describeTransform({ name: "power, Yeo-Johnson", fields: [field("x", "float64"), field("k", "int32")], create: () => power({ method: "yeo-johnson", standardize: true }), runtimes, tolerance: 1e-6, frame: (rows, random) => frame({ x: { dtype: "float64", values: Array.from({ length: rows }, () => (random() < 0.1 ? null : 40 * random() ** 2 - 5)) }, k: { dtype: "int32", values: Array.from({ length: rows }, () => Math.floor(20 * random()) - 3) } }) });
describeTransform({ name: "power, Box-Cox", fields: [field("x", "float64")], create: () => power({ method: "box-cox", standardize: false }), runtimes, tolerance: 1e-6, frame: positive });

it("equals PowerTransformer of scikit-learn", async () => {
  const { state, numbers } = await apply(await create("power"), ["a", "b", "c"], table);
  expectClose((state as PowerState).lambdas, reference.yeoJohnson.lambdas, 1e-6);
  ["a", "b", "c"].forEach((name, index) => expectClose(numbers(name), reference.yeoJohnson.values[index]!, 1e-6));
  const boxCox = await apply(await create("power", { method: "box-cox", standardize: false }), ["a"], table);
  expectClose((boxCox.state as PowerState).lambdas, reference.boxCox.lambdas, 1e-6);
  expectClose(boxCox.numbers("a"), reference.boxCox.values[0]!, 1e-6);
});

it("meets its limits: the logarithm at lambda 0, and at 2 below 0", async () => {
  const rows = frame({ x: [0, 1, -3, null, 1e-9] });
  const at = async (lambda: number) => (await run(await create("power", { standardize: false }), { lambdas: Float64Array.of(lambda), means: Float64Array.of(0), scales: Float64Array.of(1) }, [field("x", "float64")], rows)).numbers("x");
  expectClose(await at(0), [0, Math.log(2), -7.5, null, 1e-9]);
  expectClose(await at(2), [0, 1.5, -Math.log(4), null, 1e-9]);
});

it("leaves a constant column and one without values finite", async () => {
  const { numbers } = await apply(await create("power"), ["same", "none"], frame({ same: [3, 3], none: { dtype: "float64", values: [null, null] } }));
  expect(numbers("same")).toEqual([0, 0]);
  expect(numbers("none")).toEqual([NaN, NaN]);
});

it.each(["yeo-johnson", "box-cox"])("makes a constant 0 however often it is added up, %s", async (method) => {
  const constant = (count: number, value: number) => Array.from({ length: count }, () => value);
  for (const values of [constant(800, 7.3), constant(1000, 0.1), constant(3, 1e200)]) {
    const { state, numbers } = await apply(await create("power", { method }), ["x"], frame({ x: values }));
    expect((state as PowerState).scales).toEqual(Float64Array.of(1));
    expect(numbers("x")).toEqual(values.map(() => 0));
  }
});

it.each(["yeo-johnson", "box-cox"])("keeps numbers of any size finite and apart, %s", async (method) => {
  const signs = method === "box-cox" ? [1] : [1, -1];
  const columns = [1e200, 1e30, 1e-30, 1e-200, 1900, 1e-3].flatMap((size) => signs.map((sign) => [1, 1.1, 1.5, 1.6, 2, 7].map((value) => sign * size * value)));
  if (method === "yeo-johnson") columns.push([-3e200, -1e200, 1e200, 2e200], [-1e-3, 0, 1e200, 2e200]);
  for (const values of columns)
    for (const standardize of [true, false]) {
      if (!standardize && Math.abs(values.at(-1)!) > 3e37) continue; // No float32 holds them, whatever their power.
      const { numbers } = await apply(await create("power", { method, standardize }), ["x"], frame({ x: { dtype: "float64", values } }));
      const found = numbers("x").map((value) => (values[0]! < values[1]! ? value : -value));
      expect(found.every(Number.isFinite), `${values}: ${found}`).toBe(true);
      if (standardize && values.every((value) => Math.sign(value) === Math.sign(values[0]!))) found.forEach((value, at) => expect(at === 0 || value > found[at - 1]!, `${values}: ${found}`).toBe(true));
    }
});

it("finds the power of numbers far from 0, where doubles no longer tell what powers below 0 make of them", async () => {
  const years = Array.from({ length: 400 }, (_, index) => 1e6 * Math.exp(1.5 * Math.sin(index) ** 3));
  const { lambdas } = (await apply(await create("power", { method: "box-cox" }), ["x"], frame({ x: years }))).state as PowerState;
  const near = (await apply(await create("power", { method: "box-cox" }), ["x"], frame({ x: years.map((year) => year / 1e6) }))).state as PowerState;
  expectClose(lambdas, [...near.lambdas], 1e-6);
});

it("refuses what Box and Cox's power is not for, and makes it missing later", async () => {
  const transform = await create("power", { method: "box-cox" });
  await expect(apply(transform, ["x"], frame({ x: [1, 0] }))).rejects.toMatchObject({ code: "TRANSFORM_INPUT", mend: expect.stringContaining("yeo-johnson") });
  const { numbers } = await apply(transform, ["x"], frame({ x: [1, 2, 4] }), frame({ x: [0, -1] }));
  expect(numbers("x")).toEqual([NaN, NaN]);
});

it("finds the bottom of a valley", () => {
  expect(minimize((x) => (x - 0.7) ** 2, -8, 8)).toBeCloseTo(0.7, 7);
  const bottom = minimize((x) => Math.cosh(x - 3) + 0.1 * x ** 4, -8, 8);
  expect(Math.sinh(bottom - 3) + 0.4 * bottom ** 3).toBeCloseTo(0, 6);
  expect(minimize((x) => (x < 1 ? Infinity : x), -8, 8)).toBeCloseTo(1, 6);
});
