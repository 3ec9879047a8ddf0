import type { ModelBundle } from "../contracts/runtime.js";
import { field } from "../frame/frame.js";
import { ATTRIBUTE, onnxLibrary } from "../graph/proto.js";
import { metadataOf } from "../graph/signature.js";

const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;
/** `TensorProto.DataLocation` */
const EXTERNAL = 1;

/** More bytes than runtimes keep in the model whatever it says. */
const WEIGHTS = 64;

/** A model of `x` whose weights are the first 256 bytes of another file, at `location`: for tests that nothing outside of a model's own bytes is read. */
export function escapingModel(location: string): ModelBundle {
  const { ModelProto } = onnxLibrary();
  const signature = { name: "escaping", inputs: [field("x", "float64", { nullable: false })], outputs: [field("prediction", "float32")], problem: null, seen: {} } as const;
  const port = (name: string, elemType: number) => ({ name, type: { tensorType: { elemType, shape: { dim: [{ dimParam: "N" }, { dimValue: 1 }] } } } });
  const externalData = [{ key: "location", value: location }, { key: "length", value: String(4 * WEIGHTS) }];
  const graph = {
    name: "escaping",
    node: [
      { opType: "Cast", input: ["x"], output: ["place"], attribute: [{ name: "to", type: ATTRIBUTE.INT, i: INT64 }] },
      { opType: "Gather", input: ["weights", "place"], output: ["prediction"] },
    ],
    initializer: [{ name: "weights", dataType: FLOAT, dims: [WEIGHTS], dataLocation: EXTERNAL, externalData }],
    input: [port("x", DOUBLE)],
    output: [port("prediction", FLOAT)],
  };
  const metadataProps = [...metadataOf(signature)].map(([key, value]) => ({ key, value }));
  const onnx = ModelProto.encode(ModelProto.create({ irVersion: 8, opsetImport: [{ domain: "", version: 18 }], graph, metadataProps })).finish();
  return { onnx: new Uint8Array(onnx), signature };
}
