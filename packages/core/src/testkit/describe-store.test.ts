import { expect, test } from "vitest";
import { describeStore } from "./describe-store.js";
import { brokenLaws } from "./law.js";
import { createMemoryDatabase, createMemoryStore } from "./memory-store.js";
import { commitMutants } from "./store/commit-mutants.js";
import { findMutants } from "./store/find-mutants.js";
import type { StoreMutant } from "./store/mistakes.js";
import { storeLaws, type StoreCase } from "./store/store-laws.js";
import { valueMutants } from "./store/value-mutants.js";
import { watchMutants } from "./store/watch-mutants.js";

const mutants = { ...commitMutants, ...valueMutants, ...findMutants, ...watchMutants };

describeStore({ name: "memory", ...caseOf((store) => store) });

test("every law has a mutant", () => {
  expect(Object.keys(mutants)).toEqual(storeLaws.map(({ name }) => name));
});

test.each(Object.entries(mutants))("a mutant breaks this law alone: %s", async (name, mutant) => {
  expect(await brokenLaws(storeLaws, caseOf(mutant))).toEqual([name]);
});

function caseOf(mutant: StoreMutant): StoreCase {
  return {
    create: async () => {
      const database = createMemoryDatabase();
      return { open: async () => mutant(createMemoryStore(database), database), remove: async () => {}, patienceMs: 50 };
    },
  };
}
