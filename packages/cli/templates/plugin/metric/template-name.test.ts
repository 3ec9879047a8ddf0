import { field, fromRows } from "@millrace/core";
import { describeMetric } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { createTemplateName } from "./template-name.js";

describeMetric({ name: "template-name", create: () => createTemplateName({ distance: 5 }), problem: { kind: "regression" } });

it("counts what is near enough, its edge too", () => {
  const fold = createTemplateName({ distance: 5 }).fold({ kind: "regression" });
  const frame = fromRows([field("$target", "float64"), field("$prediction", "float32")], [10, 15, 16, 4].map(($prediction) => ({ $target: 10, $prediction })));
  expect(fold.finish(fold.add(fold.start(), frame))).toEqual({ value: 0.5, standardError: 0.25, plot: null });
});
