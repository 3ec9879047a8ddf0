import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arithmetic, createGraph, field, lookup, predictionOutputs, seeded, type ModelBundle, type Problem } from "@millrace/core";
import { disagreement, randomFrame, randomGraph, sampleModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { onnxruntime } from "./onnxruntime.js";
import { onnxruntimeWeb } from "./onnxruntime-web.js";

const PYTHON = "/usr/bin/python3";
const PROBLEMS: readonly Problem[] = [{ kind: "regression" }, { kind: "binary", classes: ["no", "yes"], positive: "no" }, { kind: "multiclass", classes: ["a", "b", "ü"] }];

/** A linear model over two numbers and a text. */
function linear(problem: Problem): ModelBundle {
  const graph = createGraph("linear");
  const { where, isNaN, row, sigmoid } = arithmetic(graph);
  const inputs = [field("x", "float64"), field("y", "float64"), field("city", "string")];
  const [x, y, city] = inputs.map((input) => graph.input(input));
  const width = problem.kind === "multiclass" ? 3 : 1;
  const stacked = graph.stack([x!, y!]);
  const numbers = where(isNaN(stacked), row([0.5, 2]), stacked);
  const shape = width === 1 ? [] : [width];
  const weights = graph.constant({ dtype: "float64", dims: [2, width], values: Float64Array.from({ length: 2 * width }, (_, index) => Math.sin(index + 1)) });
  const [product] = graph.node("MatMul", [numbers, weights], [field("product", "float64", { shape })]);
  const table = Float64Array.from({ length: 4 * width }, (_, index) => Math.cos(index));
  const margins = arithmetic(graph).add(product!, lookup(graph, graph.code(city!, ["a", "b"]), table, width));
  const value = problem.kind === "regression" ? margins : problem.kind === "binary" ? sigmoid(margins) : graph.node("Softmax", [margins], [margins.field], { axis: 1n })[0]!;
  for (const [name, output] of predictionOutputs(graph, problem, value)) graph.output(name, output, output.field);
  const signature = { name: "linear", inputs, outputs: graph.outputs(), problem, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

const MODELS: readonly ModelBundle[] = [sampleModel(), ...PROBLEMS.map(linear), ...Array.from({ length: 40 }, (_, seed) => randomGraph(seeded(seed)))];

describe("graphs in native code and in WebAssembly", () => {
  it("agree with the reference, whole and split, alone and in batches", async () => {
    const runtimes = [onnxruntime(), onnxruntimeWeb()];
    for (const [index, model] of MODELS.entries()) {
      const { inputs, seen } = model.signature;
      const batches = [1, 33].map((rows) => randomFrame(inputs, rows, seeded(index), seen));
      expect([index, await disagreement(runtimes, model, batches)]).toEqual([index, null]);
    }
  });

  it.each(PROBLEMS)("have no label where a number is missing that the model does not fill: $kind", async (problem) => {
    const graph = createGraph("missing");
    const value = graph.input(field("x", "float64", { shape: problem.kind === "multiclass" ? [3] : [] }));
    for (const [name, output] of predictionOutputs(graph, problem, value)) graph.output(name, output, output.field);
    const signature = { name: "missing", inputs: graph.inputs(), outputs: graph.outputs(), problem, seen: {} };
    const model = { onnx: graph.finish(signature), signature };
    const batch = randomFrame(signature.inputs, 30, seeded(1));
    expect(await disagreement([onnxruntime(), onnxruntimeWeb()], model, [batch])).toBeNull();
  });
});

describe("files", () => {
  it("pass the checker of onnx, with shape inference", (context) => {
    const hasOnnx = spawnSync(PYTHON, ["-c", "import onnx"]).status === 0;
    if (!hasOnnx && process.env["MILLRACE_REQUIRE_ALL"] !== "1") context.skip(`${PYTHON} has no module onnx (Debian: python3-onnx)`);
    const folder = mkdtempSync(join(tmpdir(), "millrace-graphs-"));
    try {
      const files = MODELS.map(({ onnx }, index) => {
        const file = join(folder, `${index}.onnx`);
        writeFileSync(file, onnx);
        return file;
      });
      const check = "import onnx, sys\nfor file in sys.argv[1:]: onnx.checker.check_model(onnx.load(file), full_check=True)";
      const { status, stderr } = spawnSync(PYTHON, ["-c", check, ...files], { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
