import { createRequire } from "node:module";
import type { onnx as Onnx } from "onnx-proto";

const require = createRequire(import.meta.url);
let library: typeof Onnx | null = null;

/** The protobuf classes of ONNX, loaded on first use: a run that reuses every task opens no model. */
export function onnxLibrary(): typeof Onnx {
  return (library ??= (require("onnx-proto") as { readonly onnx: typeof Onnx }).onnx);
}

export type ITensorProto = Onnx.ITensorProto;
export type IAttributeProto = Onnx.IAttributeProto;
export type INodeProto = Onnx.INodeProto;
export type IValueInfoProto = Onnx.IValueInfoProto;
export type IModelProto = Onnx.IModelProto;

/** AttributeProto.AttributeType. */
export const ATTRIBUTE = { FLOAT: 1, INT: 2, STRING: 3, TENSOR: 4, GRAPH: 5, FLOATS: 6, INTS: 7, STRINGS: 8 } as const;
