import type { Tensor } from "../contracts/graph.js";
import type { Attributes } from "./attributes.js";
import type { TensorType } from "./tensor-type.js";

/** A node of an ONNX graph; an input of `""` is left out. */
export interface GraphNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

export interface Port {
  readonly name: string;
  readonly type: TensorType;
}

/** An ONNX file as plain data. Nodes stand behind what they read. */
export interface GraphModel {
  readonly name: string;
  /** Operator sets by domain, `""` being ai.onnx. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly nodes: readonly GraphNode[];
  readonly metadata: ReadonlyMap<string, string>;
}
