import { describe, expect, it } from "vitest";
import type { Attribute } from "../contracts/graph.js";
import { MillraceError } from "../errors/millrace-error.js";
import { seeded } from "../frame/random.js";
import { randomGraph } from "../testkit/random-graph.js";
import { encodeModel } from "./encode.js";
import type { GraphModel } from "./graph-model.js";
import { onnxLibrary } from "./proto.js";
import { readModel, signatureOf } from "./read.js";
import { split } from "./split.js";

const { ModelProto } = onnxLibrary();

const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  int: -3n,
  long: -(2n ** 63n),
  float: 0.5,
  string: "\uFEFFü",
  ints: BigInt64Array.of(1n, -1n, 2n ** 62n),
  floats: Float32Array.of(1.5, -0),
  strings: ["", "未", "\uFEFFa"],
  tensor: { dtype: "float64", dims: [1, 2], values: Float64Array.of(NaN, -0) },
};
const MODEL: GraphModel = {
  name: "all",
  opsets: new Map([["", 17], ["ai.onnx.ml", 3]]),
  inputs: [{ name: "x", type: { dtype: "string", dims: [null, 1] } }],
  outputs: [{ name: "y", type: { dtype: "bool", dims: [null, 3] } }],
  constants: new Map([
    ["a", { dtype: "int64", dims: [2], values: BigInt64Array.of(-1n, 2n ** 60n) }],
    ["b", { dtype: "string", dims: [1, 3], values: ["", "𝔸", "\uFEFF𝔸"] }],
    ["c", { dtype: "bool", dims: [1], values: Uint8Array.of(1) }],
    ["d", { dtype: "float32", dims: [0], values: new Float32Array(0) }],
    ["e", { dtype: "int32", dims: [], values: Int32Array.of(-7) }],
  ]),
  nodes: [{ op: "Any", domain: "ai.onnx.ml", inputs: ["x", "", "a"], outputs: ["y"], attributes: ATTRIBUTES }],
  metadata: new Map([["k", "v"]]),
};

describe("readModel", () => {
  it("is the inverse of encodeModel", () => {
    expect(readModel(encodeModel(MODEL))).toEqual(MODEL);
    const random = seeded(2);
    for (let run = 0; run < 20; run++) {
      const { onnx } = randomGraph(random);
      expect(Buffer.compare(encodeModel(readModel(onnx)), onnx)).toBe(0);
    }
  });

  it("reads numbers that stand as fields, and leaves initialisers out of the inputs", () => {
    const bytes = ModelProto.encode({
      graph: {
        input: ["w", "x"].map((name) => ({ name, type: { tensorType: { elemType: 1, shape: { dim: [{ dimParam: "batch" }, {}] } } } })),
        initializer: [
          { name: "w", dataType: 1, dims: [2], floatData: [1, 2] },
          { name: "d", dataType: 11, dims: [1], doubleData: [0.1] },
          { name: "l", dataType: 7, dims: [2], int64Data: [1, -1] },
          { name: "i", dataType: 6, dims: [1], int32Data: [-5] },
          { name: "b", dataType: 9, dims: [1], int32Data: [1] },
        ],
      },
    }).finish();
    const { inputs, constants } = readModel(bytes);
    expect(inputs).toEqual([{ name: "x", type: { dtype: "float32", dims: [null, null] } }]);
    expect([...constants].map(([name, { values }]) => [name, ...(values as Float64Array)])).toEqual([["w", 1, 2], ["d", 0.1], ["l", 1n, -1n], ["i", -5], ["b", 1]]);
  });

  it("refuses damaged bytes, and never fails otherwise", () => {
    const random = seeded(4);
    const { onnx } = randomGraph(random);
    for (let run = 0; run < 400; run++) {
      const damaged = onnx.slice(0, run % 4 === 0 ? Math.floor(random() * onnx.length) : onnx.length);
      for (let hit = 0; hit < 3 && damaged.length > 0; hit++) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      try {
        split(damaged);
      } catch (error) {
        expect(MillraceError.is(error, "GRAPH_INVALID") || MillraceError.is(error, "GRAPH_UNSUPPORTED") ? null : error).toBeNull();
      }
    }
  });

  it.each<[string, Parameters<typeof ModelProto.encode>[0], string]>([
    ["no graph", { irVersion: 8 }, "GRAPH_INVALID"],
    ["a tensor of too few values", { graph: { initializer: [{ name: "w", dataType: 11, dims: [3], doubleData: [1] }] } }, "GRAPH_INVALID"],
    ["a dtype that graphs do not hold", { graph: { initializer: [{ name: "w", dataType: 10, dims: [0] }] } }, "GRAPH_UNSUPPORTED"],
    ["values in another file", { graph: { initializer: [{ name: "w", dataType: 1, dims: [0], externalData: [{ key: "location", value: "x" }] }] } }, "GRAPH_UNSUPPORTED"],
    ["a sub-graph", { graph: { node: [{ opType: "If", attribute: [{ name: "then_branch", type: 5, g: {} }] }] } }, "GRAPH_UNSUPPORTED"],
    ["a sequence", { graph: { input: [{ name: "s", type: { sequenceType: {} } }] } }, "GRAPH_UNSUPPORTED"],
  ])("refuses %s", (_, model, code) => {
    expect(() => readModel(ModelProto.encode(model).finish())).toThrow(expect.objectContaining({ code }));
  });

  it("finds no signature in a file that carries none, or a damaged one", () => {
    expect(() => signatureOf(encodeModel(MODEL))).toThrow(/carries no millrace.signature/);
    expect(() => signatureOf(encodeModel({ ...MODEL, metadata: new Map([["millrace.signature", "{"]]) }))).toThrow(/is not JSON/);
  });
});
