import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { millrace, millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines } from "../../fixtures/shop.js";
import { loadModel } from "../load-model.js";

interface Reference {
  readonly texts: readonly string[];
  readonly targets: { readonly binary: readonly number[] };
  /** Of scikit-learn's LogisticRegression on its TfidfVectorizer, by row. */
  readonly probabilities: readonly number[];
}

const reference = JSON.parse(readFileSync(new URL("../../../plugin-linear/fixtures/texts.json", import.meta.url), "utf8")) as Reference;
const rows = reference.texts.map((text, index) => ({ text, liked: reference.targets.binary[index] === 1 ? "yes" : "no" }));
const config = (train: object, tokens: object) => ({
  schema: 1,
  project: "words",
  models: {
    liked: {
      source: { use: "json", with: { files: "rows.jsonl" } },
      columns: { target: "liked", positive: "yes" },
      split: { use: "random", with: { test: 0, validation: 0 } },
      features: [{ use: "tokens", from: ["text"], with: tokens }],
      train,
      register: { alias: "champion" },
    },
  },
});

const project = projectFolders();
const made = (train: object, tokens: object) => project({ "millrace.config.json": config(train, tokens), "rows.jsonl": jsonLines(rows) });
const tfIdf = { as: "tf-idf", sublinear: true };
let folder = "";

beforeAll(async () => {
  folder = made({ use: "logistic", with: { l2: 1, tolerance: 1e-12 } }, tfIdf);
  await millraceOk(folder, "run");
}, 300_000);

describe("a linear model of texts", () => {
  it("answers as scikit-learn does from TfidfVectorizer and LogisticRegression", async () => {
    await using model = await loadModel("liked@champion", { project: folder });
    const answers = await model.predict(reference.texts.map((text) => ({ text })));
    answers.forEach((answer, row) => expect(answer["score"]).toBeCloseTo(reference.probabilities[row]!, 6));
  });

  it("is refused before anything runs where the trainer takes no sparse vectors, with its reason and the way out", async () => {
    const { code, err } = await millrace(made({ use: "linear-svm", with: { loss: "hinge" } }, tfIdf), "run");
    expect(code).toBe(2);
    for (const said of ["models.liked.features[0]", 'gives the trainer "linear-svm" a sparse vector, "text_tokens", which it does not take.', "squared-hinge", "millrace plugins tokens", "nothing was started"]) expect(err).toContain(said);
  });

  it("runs so where the vector is dense", async () => {
    await millraceOk(made({ use: "linear-svm", with: { loss: "hinge" } }, { ...tfIdf, dense: true, features: 40 }), "run");
  }, 120_000);
});
