import type { Tensor } from "../../contracts/graph.js";
import type { Attributes } from "../attributes.js";
import type { TensorType } from "../tensor-type.js";

/** An input of a node: its type, and its value where it is a constant. */
export interface Operand {
  readonly type: TensorType;
  readonly constant: Tensor | null;
}

/** The types of a node's results. Throws GRAPH_OP_REFUSED for what onnxruntime cannot do, or what would mix rows. */
export type Infer = (op: string, operands: readonly (Operand | null)[], attributes: Attributes) => readonly TensorType[];
