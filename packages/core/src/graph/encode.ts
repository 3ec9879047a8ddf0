import type { Attribute, Tensor } from "../contracts/graph.js";
import { ATTRIBUTE, onnxLibrary, type IAttributeProto, type INodeProto, type ITensorProto, type IValueInfoProto } from "./proto.js";
import { isTensor, type Attributes } from "./attributes.js";
import type { GraphModel, GraphNode, Port } from "./graph-model.js";
import { ONNX_DTYPE } from "./onnx-dtype.js";
import { bytesOf } from "./tensor-bytes.js";

const utf8 = new TextEncoder();

/** The bytes of an ONNX file: a function of the model alone, with neither clock nor path nor version of this program in it. */
export function encodeModel(model: GraphModel): Uint8Array {
  const bytes = onnxLibrary().ModelProto.encode({
    irVersion: irVersionOf(model.opsets.get("") ?? 17),
    producerName: "millrace",
    opsetImport: [...model.opsets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([domain, version]) => ({ domain, version })),
    graph: {
      name: model.name,
      input: model.inputs.map(portProto),
      output: model.outputs.map(portProto),
      initializer: [...model.constants].map(([name, tensor]) => ({ name, ...tensorProto(tensor) })),
      node: model.nodes.map(nodeProto),
    },
    metadataProps: [...model.metadata].map(([key, value]) => ({ key, value })),
  }).finish();
  // A copy, because protobufjs gives a Buffer in Node, which may be a piece of a shared pool.
  return new Uint8Array(bytes);
}

/** The IR version that came with an operator set (ONNX, docs/Versioning.md). */
function irVersionOf(opset: number): number {
  return opset <= 18 ? 8 : opset <= 20 ? 9 : 10;
}

function portProto({ name, type }: Port): IValueInfoProto {
  const dim = type.dims.map((size, axis) => (size === null ? { dimParam: axis === 0 ? "N" : `width of ${name}` } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: ONNX_DTYPE[type.dtype], shape: { dim } } } };
}

function nodeProto(node: GraphNode): INodeProto {
  return {
    name: node.outputs[0]!,
    opType: node.op,
    domain: node.domain,
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: attributeProtos(node.attributes),
  };
}

/** In the order of their names. */
export function attributeProtos(attributes: Attributes): IAttributeProto[] {
  const names = Object.keys(attributes).sort();
  return names.map((name) => ({ name, ...attributeProto(attributes[name]!) }));
}

function attributeProto(value: Attribute): IAttributeProto {
  if (typeof value === "bigint") return { type: ATTRIBUTE.INT, i: int64(value) };
  if (typeof value === "number") return { type: ATTRIBUTE.FLOAT, f: value };
  if (typeof value === "string") return { type: ATTRIBUTE.STRING, s: utf8.encode(value) };
  if (value instanceof BigInt64Array) return { type: ATTRIBUTE.INTS, ints: Array.from(value, int64) };
  if (value instanceof Float32Array) return { type: ATTRIBUTE.FLOATS, floats: [...value] };
  if (isTensor(value)) return { type: ATTRIBUTE.TENSOR, t: tensorProto(value) };
  return { type: ATTRIBUTE.STRINGS, strings: value.map((text) => utf8.encode(text)) };
}

function tensorProto(tensor: Tensor): ITensorProto {
  const head = { dims: [...tensor.dims], dataType: ONNX_DTYPE[tensor.dtype] };
  if (tensor.dtype === "string") return { ...head, stringData: tensor.values.map((text) => utf8.encode(text)) };
  return { ...head, rawData: bytesOf(tensor) };
}

/** protobufjs takes numbers, and above 2^53 the two halves. */
function int64(value: bigint): number | Int64Halves {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return { low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)), unsigned: false } as Int64Halves;
}

type Int64Halves = Exclude<NonNullable<IAttributeProto["i"]>, number>;
