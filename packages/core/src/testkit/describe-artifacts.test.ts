import { expect, test } from "vitest";
import type { Digest } from "../contracts/digest.js";
import { artifactLaws, type ArtifactsCase } from "./artifacts/artifact-laws.js";
import { artifactMutants, type ArtifactsMutant } from "./artifacts/artifact-mutants.js";
import { describeArtifacts } from "./describe-artifacts.js";
import { brokenLaws } from "./law.js";
import { createMemoryArtifacts } from "./memory-artifacts.js";

/** Laws that others stand on: a mutant of one of these cannot but break some of those too. */
const GROUND = new Set(["put answers with the sha256 of the bytes, and get gives them back"]);

describeArtifacts({ name: "memory", ...caseOf((artifacts) => artifacts) });

test("every law has a mutant", () => {
  expect(Object.keys(artifactMutants)).toEqual(artifactLaws.map(({ name }) => name));
});

test.each(Object.entries(artifactMutants))("a mutant breaks this law: %s", async (name, mutant) => {
  const broken = await brokenLaws(artifactLaws, caseOf(mutant));
  expect(GROUND.has(name) ? broken.filter((each) => each === name) : broken).toEqual([name]);
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
