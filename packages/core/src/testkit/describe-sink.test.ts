import { expect, test } from "vitest";
import { describeSink } from "./describe-sink.js";
import { brokenLaws } from "./law.js";
import { createMemorySink, type MemoryParts } from "./memory-sink.js";
import { sinkLaws, type SinkCase } from "./sink/sink-laws.js";
import { type SinkMutant, sinkMutants } from "./sink/sink-mutants.js";

describeSink({ name: "memory", ...caseOf(createMemorySink) });

test("every law has a mutant", () => {
  expect(Object.keys(sinkMutants)).toEqual(sinkLaws.map(({ name }) => name));
});

test.each(Object.entries(sinkMutants))("a mutant breaks this law alone: %s", async (name, mutant) => {
  expect(await brokenLaws(sinkLaws, caseOf(mutant))).toEqual([name]);
});

function caseOf(mutant: SinkMutant): SinkCase {
  return {
    create: async () => {
      const parts: MemoryParts = new Map();
      return { open: () => mutant(parts), read: async () => [...parts.values()].flat(), count: async () => parts.size, remove: async () => parts.clear() };
    },
  };
}
