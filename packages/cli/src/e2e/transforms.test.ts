import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { describeModelFile } from "../../fixtures/describe-model-file.js";
import { millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders } from "../../fixtures/shop.js";
import { loadModel } from "../load-model.js";

// The transforms that the shop's own models do not use: vectors, choosing, dropping, and text, through training, certificate and file.
const CONFIG = {
  schema: 1,
  project: "shop",
  models: {
    returned: {
      source: { use: "json", with: { files: "orders.jsonl" } },
      columns: { key: "id", target: "returned", positive: true, ignore: ["spend"], types: { ordered: "timestamp", weight: "float32", items: "int32" } },
      split: { use: "hash", with: { test: 0.2, validation: 0 } },
      features: [
        { use: "missing-indicator", from: ["price", "city"] },
        { use: "since", from: ["ordered"], with: { date: "2023-01-01", unit: "week" } },
        { use: "date-parts", from: ["ordered"], with: { parts: ["hour"], utcOffset: "+02:00" } },
        { use: "tokens", from: ["city"], with: { as: "tf-idf", features: 5 } },
        { use: "tokens", from: ["city"], as: "hashed", with: { dense: true, hash: true, features: 4 } },
        { use: "one-hot", from: ["city"], as: "place", with: { dense: true, minCount: 40, other: "elsewhere" } },
        { use: "frequency", from: ["channel"], as: "channel_share" },
        { use: "bucketize", from: ["price"], as: "price_range", with: { buckets: 4 } },
        { use: "select-by-correlation", from: ["price", "weight", "items"], with: { atMost: 0.3 } },
        { use: "impute", from: ["price", "weight", "items"] },
        { use: "polynomial", from: ["price", "weight"] },
        { use: "pca", from: ["price", "weight"], with: { variance: 0.9 } },
        { use: "power", from: ["price"], as: "price_even" },
        { use: "robust", from: ["price"], as: "price_scaled" },
        { use: "max-abs", from: ["minute"] },
        { use: "rename", from: ["minute"], with: { to: ["time_of_day"] } },
        { use: "quantile", from: ["time_of_day"], as: "rank_of_day", with: { quantiles: 50 } },
        { use: "select-by-information", from: ["price_range", "channel_share", "rank_of_day"], with: { most: 2 } },
        { use: "select-by-variance", from: ["price_scaled", "price_even"] },
        { use: "drop", from: ["price", "weight", "channel"] },
        { use: "select", from: ["member"] },
        // The selection above left nothing for it.
        { use: "standardize", from: ["items"] },
      ],
      train: { use: "logistic", with: { l2: 1 } },
      evaluate: { metrics: ["roc-auc"] },
      register: { alias: "champion" },
    },
  },
};

const project = projectFolders();
let folder = "";

beforeAll(async () => {
  folder = project({ "millrace.config.json": CONFIG, "orders.jsonl": jsonLines(orders()) });
  await millraceOk(folder, "run");
}, 300_000);

describeModelFile("returned", () => folder);

describe("a model of all other transforms", () => {
  it("reads neither what was dropped nor what a selection left out", async () => {
    await using model = await loadModel("returned@champion", { project: folder });
    const inputs = model.signature.inputs.map(({ name }) => name);
    expect(inputs).toEqual(expect.arrayContaining(["ordered", "city", "price", "member"]));
    // It correlates with weight, which stands before it.
    expect(inputs).not.toContain("items");
  });

  it("tells better than a guess; its card says what is a vector, and that text needs a later operator set", () => {
    const card = readFileSync(join(folder, ".millrace/models/returned/1/card.md"), "utf8");
    expect(card).toContain("| `hashed` | vector of 4 numbers |");
    expect(card).toContain("| `city_tokens` | sparse vector of 5 numbers |");
    expect(card).toMatch(/- `select-by-correlation` left out 1 of 3 columns: `items` \(correlation 0\.\d+ with `weight`\)\./);
    expect(card).toContain("The file needs operator set 20 of ONNX");
    const shown = /roc-auc[^\n]*/i.exec(card)?.[0] ?? "";
    expect(Number(/0\.\d+/.exec(shown)?.[0])).toBeGreaterThan(0.55);
  });
});
