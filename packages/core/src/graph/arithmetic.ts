import type { Field } from "../contracts/frame.js";
import type { Graph, Value } from "../contracts/graph.js";
import type { Op } from "../contracts/op.js";
import { sigmoid } from "./sigmoid.js";

/** A float64 value, or a number that becomes a constant. */
export type Operand = Value | number;

type Binary = (left: Operand, right: Operand) => Value;
type Unary = (operand: Value) => Value;

/** Float64 arithmetic on a graph, so that a lowering reads like its formula. Results are as wide as their widest operand. */
export interface Arithmetic {
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly pow: Binary;
  readonly max: Binary;
  readonly min: Binary;
  readonly abs: Unary;
  readonly exp: Unary;
  readonly log: Unary;
  readonly sqrt: Unary;
  readonly floor: Unary;
  readonly neg: Unary;
  readonly sigmoid: Unary;
  readonly tanh: Unary;
  /** bool values: for `where`, `and`, `or`, `not`. */
  readonly isNaN: Unary;
  readonly less: Binary;
  readonly lessOrEqual: Binary;
  readonly greater: Binary;
  readonly greaterOrEqual: Binary;
  readonly equal: Binary;
  readonly and: (left: Value, right: Value) => Value;
  readonly or: (left: Value, right: Value) => Value;
  readonly not: Unary;
  readonly where: (condition: Value, yes: Operand, no: Operand) => Value;
  /** A float64 row vector [1, n], to meet a stacked [N, n] value. */
  readonly row: (values: ArrayLike<number>) => Value;
}

function wide(values: readonly Value[]): readonly number[] {
  const width = Math.max(...values.map(({ field }) => field.shape?.at(-1) ?? 1));
  return width === 1 ? [] : [width];
}

export function arithmetic(graph: Graph): Arithmetic {
  const scalar = (value: number) => graph.constant({ dtype: "float64", dims: [1, 1], values: Float64Array.of(value) });
  const value = (operand: Operand) => (typeof operand === "number" ? scalar(operand) : operand);
  const node = (op: Op, dtype: "float64" | "bool", operands: readonly Operand[]): Value => {
    const values = operands.map(value);
    const output: Field = { name: op.toLowerCase(), dtype, nullable: true, shape: wide(values), categories: null };
    return graph.node(op, values, [output])[0]!;
  };
  const binary = (op: Op, dtype: "float64" | "bool" = "float64"): Binary => (left, right) => node(op, dtype, [left, right]);
  const unary = (op: Op, dtype: "float64" | "bool" = "float64"): Unary => (operand) => node(op, dtype, [operand]);
  const math: Arithmetic = {
    add: binary("Add"),
    sub: binary("Sub"),
    mul: binary("Mul"),
    div: binary("Div"),
    pow: binary("Pow"),
    max: binary("Max"),
    min: binary("Min"),
    abs: unary("Abs"),
    exp: unary("Exp"),
    log: unary("Log"),
    sqrt: unary("Sqrt"),
    floor: unary("Floor"),
    neg: unary("Neg"),
    sigmoid: (operand) => sigmoid(graph, math, operand),
    tanh: unary("Tanh"),
    isNaN: unary("IsNaN", "bool"),
    less: binary("Less", "bool"),
    lessOrEqual: binary("LessOrEqual", "bool"),
    greater: binary("Greater", "bool"),
    greaterOrEqual: binary("GreaterOrEqual", "bool"),
    equal: binary("Equal", "bool"),
    and: (left, right) => node("And", "bool", [left, right]),
    or: (left, right) => node("Or", "bool", [left, right]),
    not: unary("Not", "bool"),
    where: (condition, yes, no) => node("Where", "float64", [condition, yes, no]),
    row: (values) => graph.constant({ dtype: "float64", dims: [1, values.length], values: Float64Array.from(values) }),
  };
  return math;
}
