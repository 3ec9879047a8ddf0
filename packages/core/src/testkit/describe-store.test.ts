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

/** Laws that others stand on: a mutant of one of these cannot but break some of those too. */
const GROUND = new Set([
  "a record that was never written is null",
  "a committed record comes back with its id and revision 1",
  "one id in two entities is two records",
  "revisions grow by one with each change",
  "creating what exists is refused",
  "a stale revision is refused",
  "changing what does not exist is refused",
  "a conflict in the last change leaves nothing of the earlier ones",
  "a conflict in the first change keeps the later ones out",
  "a later change of one commit sees the earlier ones",
  "a store may be disposed of twice",
  "text comes back letter for letter",
  "a watcher gets nothing from before it was called",
  "a watch begins with its call, not with its first read",
]);

describeStore({ name: "memory", ...caseOf((store) => store) });

test("every law has a mutant", () => {
  expect(Object.keys(mutants)).toEqual(storeLaws.map(({ name }) => name));
});

test.each(Object.entries(mutants))("a mutant breaks this law: %s", async (name, mutant) => {
  const broken = await brokenLaws(storeLaws, caseOf(mutant));
  expect(GROUND.has(name) ? broken.filter((each) => each === name) : broken).toEqual([name]);
});

function caseOf(mutant: StoreMutant): StoreCase {
  return {
    create: async () => {
      const database = createMemoryDatabase();
      return { open: async () => mutant(createMemoryStore(database), database), remove: async () => {}, patienceMs: 50 };
    },
  };
}
