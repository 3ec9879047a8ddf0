import { expect, test } from "vitest";
import { describeExecutor } from "./describe-executor.js";
import { executorLaws } from "./executor/executor-laws.js";
import { executorMutants } from "./executor/executor-mutants.js";
import { createInlineExecutor } from "./inline-executor.js";
import { brokenLaws } from "./law.js";

/** What cannot but break with another law: both begin when all slots are taken, which is what that law says can be. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  "as many tasks run at once as there are slots": ["a waiting task is given up when its signal fires, and never starts", "disposal waits for what runs and refuses what waits"],
};

describeExecutor({ name: "inline", create: async ({ runTask }) => createInlineExecutor(runTask) });

test("every law has a mutant", () => {
  expect(Object.keys(executorMutants)).toEqual(executorLaws.map(({ name }) => name));
});

test.each(Object.entries(executorMutants))("a mutant breaks this law alone, but for what begins with it: %s", async (name, mutant) => {
  expect(await brokenLaws(executorLaws, { create: async ({ runTask }) => mutant(runTask), patienceMs: 500 })).toEqual([name, ...(ALSO[name] ?? [])]);
});
