import type { ModelBundle } from "../contracts/runtime.js";
import { field } from "../frame/frame.js";
import { ATTRIBUTE, onnxLibrary } from "../graph/proto.js";
import { metadataOf } from "../graph/signature.js";

const BOOL = 9;
const FLOAT = 1;
const DOUBLE = 11;

/** A model of `x` that never comes to an end where a row has `x` below 0, and gives `x` as `prediction` elsewhere: for tests of what must be killed. */
export function endlessModel(): ModelBundle {
  const { ModelProto } = onnxLibrary();
  const signature = { name: "endless", inputs: [field("x", "float64", { nullable: false })], outputs: [field("prediction", "float32")], problem: null, seen: { x: { kind: "number", minimum: 0, maximum: 10, missing: 0 } } } as const;
  const port = (name: string, elemType: number, dims: readonly (string | number)[]) => ({ name, type: { tensorType: { elemType, shape: { dim: dims.map((dim) => (typeof dim === "string" ? { dimParam: dim } : { dimValue: dim })) } } } });
  const body = {
    name: "body",
    node: [
      { opType: "Identity", input: ["go_in"], output: ["go_out"] },
      { opType: "Identity", input: ["v_in"], output: ["v_out"] },
    ],
    input: [port("i", 7, []), port("go_in", BOOL, []), port("v_in", DOUBLE, ["N", 1])],
    output: [port("go_out", BOOL, []), port("v_out", DOUBLE, ["N", 1])],
  };
  const graph = {
    name: "endless",
    node: [
      { opType: "ReduceMin", input: ["x"], output: ["least"], attribute: [{ name: "keepdims", type: ATTRIBUTE.INT, i: 0 }] },
      { opType: "Less", input: ["least", "zero"], output: ["go"] },
      { opType: "Loop", input: ["", "go", "x"], output: ["last"], attribute: [{ name: "body", type: ATTRIBUTE.GRAPH, g: body }] },
      { opType: "Cast", input: ["last"], output: ["prediction"], attribute: [{ name: "to", type: ATTRIBUTE.INT, i: FLOAT }] },
    ],
    initializer: [{ name: "zero", dataType: DOUBLE, dims: [], doubleData: [0] }],
    input: [port("x", DOUBLE, ["N", 1])],
    output: [port("prediction", FLOAT, ["N", 1])],
  };
  const metadataProps = [...metadataOf(signature)].map(([key, value]) => ({ key, value }));
  const onnx = ModelProto.encode(ModelProto.create({ irVersion: 8, opsetImport: [{ domain: "", version: 18 }], graph, metadataProps })).finish();
  return { onnx: new Uint8Array(onnx), signature };
}
