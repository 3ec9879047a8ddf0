import { describeType, type TensorDType, type TensorType } from "../tensor-type.js";
import { refused } from "../refuse.js";
import { broadcast } from "./broadcast.js";
import type { Infer, Operand } from "./operand.js";

export const FLOATS: readonly TensorDType[] = ["float64", "float32"];
export const NUMBERS: readonly TensorDType[] = [...FLOATS, "int64"];

/** Operands of one dtype out of `allowed`, broadcast; the result has their dtype, or `result`. */
export function elementwise(allowed: readonly TensorDType[], arity: number | "any", result: TensorDType | null = null): Infer {
  return (op, operands) => {
    const types = present(op, operands, arity);
    const dtype = oneDType(op, types, allowed);
    return [{ dtype: result ?? dtype, dims: broadcast(op, types.map(({ dims }) => dims)) }];
  };
}

export const where: Infer = (op, operands) => {
  const [condition, ...sides] = present(op, operands, 3);
  if (condition!.dtype !== "bool") throw refused(op, `its condition is ${condition!.dtype}.`, "Make the condition with a comparison or IsNaN.");
  const dtype = oneDType(op, sides, [...NUMBERS, "string"]);
  return [{ dtype, dims: broadcast(op, [condition!.dims, ...sides.map(({ dims }) => dims)]) }];
};

/** `Clip(x, low, high)`: the bounds are numbers of no dimension. */
export const clip: Infer = (op, operands) => {
  if (operands.length !== 3 || operands.includes(null)) throw refused(op, "an absent bound would make infinities the greatest finite number.", "Give both bounds; -Infinity and Infinity bound nothing.");
  const types = present(op, operands, 3);
  oneDType(op, types, NUMBERS);
  for (const { dims } of types.slice(1)) if (dims.length > 0) throw refused(op, "a bound has dimensions.", "Give bounds as constants with dims [].");
  return [types[0]!];
};

export function present(op: string, operands: readonly (Operand | null)[], arity: number | "any"): readonly TensorType[] {
  if ((arity !== "any" && operands.length !== arity) || operands.length === 0 || operands.includes(null))
    throw refused(op, `it got ${operands.filter(Boolean).length} inputs.`, `Give it ${arity === "any" ? "at least one input" : `${arity} inputs`}.`);
  return operands.map((operand) => operand!.type);
}

export function oneDType(op: string, types: readonly TensorType[], allowed: readonly TensorDType[]): TensorDType {
  const dtype = types[0]!.dtype;
  if (types.every((type) => type.dtype === dtype) && allowed.includes(dtype)) return dtype;
  throw refused(op, `it cannot take ${types.map(describeType).join(", ")}.`, `Cast its inputs to one dtype out of: ${allowed.join(", ")}.`);
}
