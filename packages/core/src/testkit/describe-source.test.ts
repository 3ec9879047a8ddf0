import { expect, test } from "vitest";
import { field } from "../frame/frame.js";
import { seeded } from "../frame/random.js";
import { describeSource } from "./describe-source.js";
import { brokenLaws } from "./law.js";
import { createMemorySource } from "./memory-source.js";
import { randomFrame } from "./random-frame.js";
import { sourceLaws } from "./source/source-laws.js";
import { sourceMutants } from "./source/source-mutants.js";

const random = seeded("source");
const fields = [field("count", "int32"), field("price", "float64"), field("city", "string"), field("at", "timestamp"), field("track", "float32", { shape: [2] })];
const frames = { first: [9, 5, 1].map((rows) => randomFrame(fields, rows, random)), second: [randomFrame(fields, 7, random)] };
const honest = () => createMemorySource(frames);

describeSource({ name: "frames in memory", create: honest });

test("every law has a mutant", () => {
  expect(Object.keys(sourceMutants)).toEqual(sourceLaws.map(({ name }) => name));
});

test.each(Object.entries(sourceMutants))("a mutant breaks this law alone: %s", async (name, mutant) => {
  expect(await brokenLaws(sourceLaws, { create: () => mutant(honest()), patienceMs: 1000 })).toEqual([name]);
});
