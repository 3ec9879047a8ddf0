import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, run, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { frequency } from "./frequency.js";

const fields = [field("t", "string"), { ...field("code", "int32"), categories: ["x", "y"] }];

describeTransform({ name: "frequency", fields, create: () => frequency({ as: "share" }), runtimes });
describeTransform({ name: "frequency as counts", fields, create: () => frequency({ as: "count" }), runtimes });

it("counts the rows of a category, missing ones apart, and none of what is unseen", async () => {
  const train = frame({ t: ["a", "\uFEFFa", "a", null, "a"] });
  const rows = frame({ t: ["a", "\uFEFFa", null, "new", "\uFEFF"] });
  expect((await apply(await create("frequency", { as: "count" }), ["t"], train, rows)).numbers("t")).toEqual([3, 1, 1, 0, 0]);
  expectClose((await apply(await create("frequency"), ["t"], train, rows)).numbers("t"), [0.6, 0.2, 0.2, 0, 0]);
});

it("equals the counts of the table that other transforms are checked on", async () => {
  const { numbers } = await apply(await create("frequency", { as: "count" }), ["city"], frame({ city: reference.city }));
  expect(numbers("city")).toEqual(reference.city.map((name) => reference.city.filter((other) => other === name).length));
});

it("takes a category by its codes; one that no training row had is as frequent as what is unseen", async () => {
  const transform = await create("frequency", { as: "count" });
  const code = { ...field("c", "int32"), categories: ["x", "y"] };
  const fold = transform.fit([code], null);
  const state = fold.finish(fold.add(fold.start(), frame({ c: { dtype: "int32", values: [1, 1, 2, 3, 2] } })));
  expect(state).toEqual({ columns: [{ categories: ["y"], frequencies: Float64Array.of(2, 2) }] });
  const { numbers } = await run(transform, state, [code], frame({ c: { dtype: "int32", values: [0, 1, 2, 3] } }));
  expect(numbers("c")).toEqual([0, 2, 2, 0]);
});

it("refuses numbers", async () => {
  const transform = await create("frequency");
  expect(() => transform.fields([field("x", "float64")])).toThrow(/"x"/);
});
