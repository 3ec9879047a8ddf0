import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { downstreamOf, inOrder, waitsFor, withNeeds } from "./order.js";

const task = (id: string, ...needs: readonly string[]) => ({ id, inputs: Object.fromEntries(needs.map((need) => [need, { task: need, output: "out" }])), after: [] });

describe("the order of tasks", () => {
  it("puts each task behind what it waits for", () => {
    expect(inOrder([task("c", "b"), task("a"), task("b", "a")]).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("holds for any acyclic plan, and keeps the given order where it can", () => {
    const plans = fc.integer({ min: 1, max: 12 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, id) => fc.subarray(Array.from({ length: id }, (_, need) => String(need))).map((needs) => task(String(id), ...needs)))));
    fc.assert(
      fc.property(plans.chain((plan) => fc.shuffledSubarray([...plan], { minLength: plan.length })), (shuffled) => {
        const ordered = inOrder(shuffled);
        const place = new Map(ordered.map(({ id }, index) => [id, index]));
        for (const one of ordered) for (const need of waitsFor(one)) expect(place.get(need)!).toBeLessThan(place.get(one.id)!);
        expect(inOrder(ordered)).toEqual(ordered);
      }),
    );
  });

  it("refuses a cycle, an unknown task and an id that stands twice", () => {
    expect(() => inOrder([task("a", "b"), task("b", "a")])).toThrow("Tasks wait for each other: a -> b -> a.");
    expect(() => inOrder([task("a", "reed"), task("read")])).toThrow('Task "a" waits for "reed"');
    expect(() => inOrder([task("a"), task("a")])).toThrow('two tasks "a"');
  });

  it("finds what a task needs, and what waits for it", () => {
    const plan = [task("a"), task("b", "a"), task("c", "b"), task("d", "a")];
    expect(withNeeds(plan, ["c"]).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect([...downstreamOf(plan, ["b"])]).toEqual(["b", "c"]);
  });

  it.each([
    ["m/trian", 'Did you mean "m/train"?'],
    ["m/zzz", "Name one of its tasks: m/read, m/train."],
    ["m", "Name one of its tasks: m/read, m/train."],
    ["train", 'Did you mean "m/train" or "other/train"?'],
    ["othr/train", 'Did you mean "other/train"?'],
  ])("says of a task %s that is not there what may be meant", (id, mend) => {
    const plan = ["m/read", "m/train", "other/train"].map((one) => task(one));
    const found = (() => {
      try {
        return withNeeds(plan, [id]);
      } catch (error) {
        return error;
      }
    })();
    expect(found).toMatchObject({ code: "PLAN_UNKNOWN_TASK", mend });
  });
});
