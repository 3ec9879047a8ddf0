import { expect, test } from "vitest";
import type { Digest } from "../contracts/digest.js";
import { artifactLaws, type ArtifactsCase } from "./artifacts/artifact-laws.js";
import { artifactMutants, type ArtifactsMutant } from "./artifacts/artifact-mutants.js";
import { describeArtifacts } from "./describe-artifacts.js";
import { brokenLaws } from "./law.js";
import { createMemoryArtifacts } from "./memory-artifacts.js";

describeArtifacts({ name: "memory", ...caseOf((artifacts) => artifacts) });

test("every law has a mutant", () => {
  expect(Object.keys(artifactMutants)).toEqual(artifactLaws.map(({ name }) => name));
});

test.each(Object.entries(artifactMutants))("a mutant breaks this law alone: %s", async (name, mutant) => {
  expect(await brokenLaws(artifactLaws, caseOf(mutant))).toEqual([name]);
});

function caseOf(mutant: ArtifactsMutant): ArtifactsCase {
  return {
    create: async () => {
      const bytes = new Map<Digest, Uint8Array>();
      return {
        open: async () => mutant(createMemoryArtifacts(bytes), bytes),
        damage: async (id) => void (bytes.get(id)![0]! ^= 1),
        count: async () => bytes.size,
        remove: async () => bytes.clear(),
      };
    },
  };
}
