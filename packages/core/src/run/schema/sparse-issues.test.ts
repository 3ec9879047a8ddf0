import { expect, it } from "vitest";
import type { Support } from "../../contracts/support.js";
import type { Trainer } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { field } from "../../frame/frame.js";
import { testModel } from "../../testkit/test-engine.js";
import { sparseIssues } from "./sparse-issues.js";

const words = (dtype: "sparse" | "float32"): Transform => ({
  learnsFrom: "inputs",
  fields: ([text]) => [field(`${text!.name}_words`, dtype, { shape: null })],
  fit: () => ({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower: (_, input) => input,
});
const drop: Transform = { ...words("float32"), fields: () => [] };
const made = (name: string, transform: Transform, from: string) => ({ use: { use: { kind: "transform" as const, name, with: {} }, from: [from], as: null }, transform, plugin: "words" });
const trainer = (sparse: Support): Trainer => ({ sparse, train: async () => null, lower: (_, input) => input });
const fields = [field("text", "string")];
const model = testModel({ train: { kind: "trainer", name: "forest", with: {} } });

it("tells of sparse vectors that reach a trainer that takes none, with its reason and the way out", async () => {
  const issues = await sparseIssues(fields, [made("words", words("sparse"), "text")], model, async () => trainer({ because: "Trees split on columns." }));
  expect(issues).toEqual([
    {
      path: ["features", 0],
      message: 'gives the trainer "forest" a sparse vector, "text_words", which it does not take. Trees split on columns.',
      found: "words",
      mend: expect.stringContaining("run: millrace plugins words"),
    },
  ]);
});

it("asks a baseline too", async () => {
  const baselines = [{ kind: "trainer", name: "mean", with: {} }] as const;
  const issues = await sparseIssues(fields, [made("words", words("sparse"), "text")], { ...model, evaluate: { ...model.evaluate, baselines } }, async ({ name }) => trainer(name === "forest" ? true : { because: "It adds columns." }));
  expect(issues.map(({ message }) => message)).toEqual([expect.stringContaining('the trainer "mean"')]);
});

it("creates no trainer where nothing sparse is left", async () => {
  const never = async (): Promise<Trainer> => {
    throw new Error("created");
  };
  for (const features of [[made("words", words("float32"), "text")], [made("words", words("sparse"), "text"), made("drop", drop, "text_words")], [made("words", words("sparse"), "tex")]]) expect(await sparseIssues(fields, features, model, never)).toEqual([]);
});
