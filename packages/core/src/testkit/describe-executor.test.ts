import { expect, test } from "vitest";
import { describeExecutor } from "./describe-executor.js";
import { executorLaws } from "./executor/executor-laws.js";
import { executorMutants } from "./executor/executor-mutants.js";
import { createInlineExecutor } from "./inline-executor.js";
import { brokenLaws } from "./law.js";

/** Laws that others stand on: a mutant of one of these cannot but break some of those too. */
const GROUND = new Set(["no more tasks run at once than there are slots", "as many tasks run at once as there are slots"]);

describeExecutor({ name: "inline", create: async ({ runTask }) => createInlineExecutor(runTask) });

test("every law has a mutant", () => {
  expect(Object.keys(executorMutants)).toEqual(executorLaws.map(({ name }) => name));
});

test.each(Object.entries(executorMutants))("a mutant breaks this law: %s", async (name, mutant) => {
  const broken = await brokenLaws(executorLaws, { create: async ({ runTask }) => mutant(runTask), patienceMs: 100 });
  expect(GROUND.has(name) ? broken.filter((each) => each === name) : broken).toEqual([name]);
});
