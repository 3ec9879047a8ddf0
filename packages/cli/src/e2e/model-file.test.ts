import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { describeModelFile } from "../../fixtures/describe-model-file.js";
import { millraceOk } from "../../fixtures/millrace-process.js";
import { expectChecked } from "../../fixtures/onnx-checker.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";

// Many transforms, both kinds of target that `after` changes, and three classes: the file alone is the whole pipeline.
const project = projectFolders();
const MODELS = ["returned", "spend", "species"];
let folder = "";

beforeAll(async () => {
  folder = project({ "millrace.config.json": shopConfig("returned", "spend", "species"), "orders.jsonl": jsonLines(orders()) });
  copyFileSync(fileURLToPath(new URL("../../node_modules/vega-datasets/data/penguins.json", import.meta.url)), join(folder, "penguins.json"));
  const { out } = await millraceOk(folder, "run");
  for (const model of MODELS) expect(out).toContain(`${model}@1 is ${model}@champion`);
}, 300_000);

for (const model of MODELS) describeModelFile(model, () => folder);

describe("all files", () => {
  it("pass the checker of onnx, with shape inference", (context) => {
    expectChecked(context, ...MODELS.map((model) => join(folder, ".millrace/models", model, "1/model.onnx")));
  });
});
