import { z } from "zod";
import { expect, it } from "vitest";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { suitesAmiss } from "./describe-suites.js";

const never = (): never => {
  throw new Error("nothing is created here");
};
const plugin = definePlugin({
  name: "two",
  version: "1.0.0",
  url: import.meta.url,
  extensions: [defineExtension("trainer", { name: "half-life", summary: "One.", options: z.strictObject({}), create: never }), defineExtension("check", { name: "odd", summary: "Two.", options: z.strictObject({}), create: never })],
});

const TRAINERS = 'describeTrainers("half-life with l1", create);';
const CHECK = 'describeCheck({\n  ...subject,\n  name: `odd, ${memory}`,\n});';

it("each extension with its suite is well, and so is one with a reason", () => {
  expect(suitesAmiss([TRAINERS, CHECK], plugin, {})).toEqual([]);
  expect(suitesAmiss([TRAINERS], plugin, { "check odd": "It has nothing to plant." })).toEqual([]);
});

it.each([
  ["no suite", [TRAINERS], {}, "No test runs the suite of its kind on the check odd."],
  ["a suite in a comment", [TRAINERS, '  // describeCheck({ name: "odd" });'], {}, "No test runs the suite of its kind on the check odd."],
  ["the suite of another kind", [TRAINERS, 'describeFold({ name: "odd" })'], {}, "No test runs the suite of its kind on the check odd."],
  ["a suite whose name is not in the text", [TRAINERS, 'describeCheck({ name: variable });\nconst more = { name: "odd" };'], {}, "No test runs the suite of its kind on the check odd."],
  ["a suite of a longer name", [TRAINERS, CHECK, 'describeCheck({ name: "odd-one" })'], {}, "A suite runs on a check odd-one, and the plugin brings none of that name."],
  ["a reason that is old", [TRAINERS, CHECK], { "check odd": "It has nothing to plant." }, "The check odd has its suite, and a reason why not."],
  ["a reason for nothing", [TRAINERS, CHECK], { "check even": "It has nothing to plant." }, "There is no check even that could be without a suite."],
  ["a reason that is none", [TRAINERS], { "check odd": "" }, 'check odd: what is not supported has a reason, a sentence; this one is ""'],
])("%s is told", (_, texts, without, told) => {
  expect(suitesAmiss(texts, plugin, without)).toEqual([told]);
});
