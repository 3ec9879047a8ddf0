import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { polynomial } from "./polynomial.js";

const fields = [field("a", "float64"), field("b", "float32"), field("k", "int32")];
const [x0, x1, x2] = reference.skewed;
const table = frame({ x0: x0!, x1: x1!, x2: x2! });
const ours = (name: string) => name.replaceAll(" ", "_x_").replaceAll("^", "_pow_");

describeTransform({ name: "polynomial", fields, create: () => polynomial({ degree: 3, interactionsOnly: false }), runtimes });
describeTransform({ name: "polynomial of one column", fields: [field("a", "float64")], create: () => polynomial({ degree: 2, interactionsOnly: true }), runtimes });

it.each([
  ["polynomial", { degree: 3 }],
  ["interactions", { interactionsOnly: true }],
] as const)("equals PolynomialFeatures of scikit-learn: %s", async (key, options) => {
  const { fields: found, numbers } = await apply(await create("polynomial", options), ["x0", "x1", "x2"], table);
  expect(found.map(({ name }) => name)).toEqual(reference[key].names.map(ours));
  reference[key].names.forEach((name, index) => expectClose(numbers(ours(name)), reference[key].values[index]!));
});

it("is missing where a factor is", async () => {
  const { numbers } = await apply(await create("polynomial"), ["a", "b"], frame({ a: [2, null], b: [3, 3] }));
  expect([numbers("a_pow_2"), numbers("a_x_b"), numbers("b_pow_2")]).toEqual([[4, NaN], [6, NaN], [9, 9]]);
});

it("has no more products than columns allow, and refuses more than a thousand", async () => {
  const { fields: found } = await apply(await create("polynomial", { degree: 5, interactionsOnly: true }), ["x0", "x1"], table);
  expect(found.map(({ name }) => name)).toEqual(["x0", "x1", "x0_x_x1"]);
  const many = Array.from({ length: 50 }, (_, index) => field(`c${index}`, "float32"));
  await expect(create("polynomial").then((transform) => transform.fields(many))).rejects.toMatchObject({ code: "TRANSFORM_WIDTH" });
});
