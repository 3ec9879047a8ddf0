import { field } from "@millrace/core";
import { describeTrainer, trainingFrame } from "@millrace/core/testkit";
import { onnxRuntimes } from "@millrace/plugin-onnx";
import { expect, it } from "vitest";
import { createTemplateName } from "./template-name.js";

const features = [field("size", "float32"), field("city", "int32", { categories: ["a", "b", "c", "d"] })];
const create = () => createTemplateName({ smoothing: 1, variance: 1e-6 });

describeTrainer({ name: "template-name, two classes", create, problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, features, runtimes: onnxRuntimes });
describeTrainer({ name: "template-name, three classes", create, problem: { kind: "multiclass", classes: ["a", "b", "c"] }, features, runtimes: onnxRuntimes });

it("predicts no numbers", async () => {
  const problem = { kind: "regression" } as const;
  const train = { count: 10, async *read() { yield trainingFrame(features, problem, 10, () => 0.5); } };
  const progress = { report: async () => "continue" as const, save: async () => {}, random: () => 0, signal: new AbortController().signal, limits: { threads: 1, memoryBytes: 2 ** 30 } };
  await expect(create().train({ problem, features, train, validation: null }, null, progress)).rejects.toMatchObject({ code: "TRAIN_PROBLEM" });
});
