import { field, fromRows } from "@millrace/core";
import { describeMetric, describeStep, describeTransform } from "@millrace/core/testkit";
import { onnxRuntimes } from "millrace/testkit";
import { expect, it } from "vitest";
import { lostMoney } from "./lost-money.js";
import { warmth } from "./warmth.js";
import { worstDays } from "./worst-days.js";

const fields = [field("temperature", "float64")];

describeTransform({
  name: "warmth",
  create: () => warmth,
  fields,
  frame: (rows, random) => fromRows(fields, Array.from({ length: rows }, () => ({ temperature: random() < 0.1 ? null : 40 * random() - 10 }))),
  tolerance: 1e-12,
  runtimes: onnxRuntimes,
});

describeMetric({
  name: "lost-money",
  create: () => lostMoney({ price: "price", wasted: 0.3 }),
  problem: { kind: "regression" },
  raw: (rows, random) => fromRows([field("price", "float64")], Array.from({ length: rows }, () => ({ price: 2 + random() }))),
});

describeStep({ name: "worst-days", step: "worst-days", create: () => worstDays });

it("a cup that is missing costs its price, one that is left over a share of it", () => {
  const fold = lostMoney({ price: "price", wasted: 0.25 }).fold({ kind: "regression" });
  const frame = fromRows([field("$target", "float64"), field("$prediction", "float32"), field("price", "float64")], [{ $target: 10, $prediction: 8, price: 3 }, { $target: 10, $prediction: 14, price: 3 }]);
  expect(fold.finish(fold.add(fold.start(), frame)).value).toBe((2 * 3 + 0.25 * 4 * 3) / 2);
});
