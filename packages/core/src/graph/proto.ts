// onnx-proto is CommonJS, whose names Node cannot see from an ES module: the default import holds them.
import onnxProto from "onnx-proto";
import type { onnx as Onnx } from "onnx-proto";

export const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx;
export type ITensorProto = Onnx.ITensorProto;
export type IAttributeProto = Onnx.IAttributeProto;
export type INodeProto = Onnx.INodeProto;
export type IValueInfoProto = Onnx.IValueInfoProto;
export type IModelProto = Onnx.IModelProto;

/** AttributeProto.AttributeType. */
export const ATTRIBUTE = { FLOAT: 1, INT: 2, STRING: 3, TENSOR: 4, GRAPH: 5, FLOATS: 6, INTS: 7, STRINGS: 8 } as const;
