import { DTYPE_OF } from "../onnx-dtype.js";
import { intOf } from "../attributes.js";
import type { TensorDType } from "../tensor-type.js";
import { held, type Cells } from "./cells.js";
import { meets, rowType, type PlanNode, type Room, type Step } from "./step.js";

type Round = (value: number) => number;

/** How a result is rounded to its dtype. In float32 the one rounding of a float64 result is that of float32 arithmetic (53 >= 2 * 24 + 2). */
function rounding(dtype: TensorDType, cells: Cells): Round | null {
  if (dtype === "float32") return Math.fround;
  return dtype === "int64" ? (value) => held(cells, value) : null;
}

export function unary(of: (value: number) => number): PlanNode {
  return ({ inputs, outputs }, facts) => {
    const type = rowType(facts, outputs[0]!);
    if (type === null || !meets(facts, inputs[0]!, type)) return null;
    return (room) => mapped(room, inputs[0]!, outputs[0]!, (cells) => {
      const round = rounding(type.dtype, cells);
      return round === null ? of : (value) => round(of(value));
    });
  };
}

function mapped(room: Room, input: string, output: string, make: (cells: Cells) => (value: number) => number): Step {
  const { cells } = room;
  const [from, to] = [room.place(input), room.place(output)];
  const of = make(cells);
  if (to.width === 1)
    return () => {
      cells.numbers[to.at] = of(cells.numbers[from.at]!);
    };
  const step = from.width === 1 ? 0 : 1;
  return () => {
    const { numbers } = cells;
    for (let i = 0; i < to.width; i++) numbers[to.at + i] = of(numbers[from.at + i * step]!);
  };
}

/** Two operands, broadcast. */
export function binary(of: (left: number, right: number) => number): PlanNode {
  return ({ inputs, outputs }, facts) => {
    const type = rowType(facts, outputs[0]!);
    if (type === null || inputs.length !== 2 || !inputs.every((name) => meets(facts, name, type))) return null;
    return (room) => paired(room, inputs, outputs[0]!, of, rounding(type.dtype, room.cells));
  };
}

function paired(room: Room, inputs: readonly string[], output: string, exact: (left: number, right: number) => number, round: Round | null): Step {
  const { cells } = room;
  const [left, right] = inputs.map((name) => room.place(name));
  const to = room.place(output);
  const [l, r] = [left!.at, right!.at];
  const of: typeof exact = round === null ? exact : (a, b) => round(exact(a, b));
  if (to.width === 1)
    return () => {
      const { numbers } = cells;
      numbers[to.at] = of(numbers[l]!, numbers[r]!);
    };
  const [leftStep, rightStep] = [left!.width === 1 ? 0 : 1, right!.width === 1 ? 0 : 1];
  return () => {
    const { numbers } = cells;
    for (let i = 0; i < to.width; i++) numbers[to.at + i] = of(numbers[l + i * leftStep]!, numbers[r + i * rightStep]!);
  };
}

export const where: PlanNode = ({ inputs, outputs }, facts) => {
  const type = rowType(facts, outputs[0]!);
  if (type === null || !inputs.every((name) => meets(facts, name, type))) return null;
  return (room) => {
    const { cells } = room;
    const [condition, yes, no] = inputs.map((name) => room.place(name));
    const to = room.place(outputs[0]!);
    const at = (place: typeof to, i: number) => place.at + (place.width === 1 ? 0 : i);
    if (to.dtype === "string")
      return () => {
        for (let i = 0; i < to.width; i++) cells.texts[to.at + i] = cells.texts[cells.numbers[at(condition!, i)] === 1 ? at(yes!, i) : at(no!, i)]!;
      };
    // onnxruntime takes the first side where it is not 0 and the second elsewhere: -0 of the first side comes out as 0.
    if (to.width === 1)
      return () => {
        const { numbers } = cells;
        numbers[to.at] = numbers[condition!.at] === 1 ? numbers[yes!.at]! + 0 : numbers[no!.at]!;
      };
    return () => {
      const { numbers } = cells;
      for (let i = 0; i < to.width; i++) numbers[to.at + i] = numbers[at(condition!, i)] === 1 ? numbers[at(yes!, i)]! + 0 : numbers[at(no!, i)]!;
    };
  };
};

/** NaN stays NaN, as no comparison with it holds. */
export const clip: PlanNode = ({ inputs, outputs }, facts) => {
  const type = rowType(facts, outputs[0]!);
  const [value, low, high] = inputs;
  if (type === null || !meets(facts, value!, type) || !facts.constants.has(low!) || !facts.constants.has(high!)) return null;
  return (room) => {
    const [least, greatest] = [room.place(low!).at, room.place(high!).at];
    return mapped(room, value!, outputs[0]!, (cells) => (x) => (x < cells.numbers[least]! ? cells.numbers[least]! : x > cells.numbers[greatest]! ? cells.numbers[greatest]! : x));
  };
};

export const isInf: PlanNode = (node, facts) => {
  const [negative, positive] = ["detect_negative", "detect_positive"].map((name) => intOf(node.attributes, name, 1) === 1);
  return unary((value) => Number((positive! && value === Infinity) || (negative! && value === -Infinity)))(node, facts);
};

export const cast: PlanNode = ({ inputs, outputs, attributes }, facts) => {
  const type = rowType(facts, outputs[0]!);
  const from = facts.types.get(inputs[0]!)?.dtype;
  const to = DTYPE_OF.get(intOf(attributes, "to", 0));
  if (type === null || from === undefined || from === "string" || to === undefined || to === "string" || !meets(facts, inputs[0]!, type)) return null;
  return (room) => mapped(room, inputs[0]!, outputs[0]!, (cells) => castTo(to, cells));
};

/** Toward zero; what the integer does not hold is given up. */
function castTo(dtype: TensorDType, cells: Cells): (value: number) => number {
  if (dtype === "float32") return Math.fround;
  if (dtype === "bool") return (value) => (value === 0 ? 0 : 1);
  if (dtype === "int64") return (value) => held(cells, Math.trunc(value));
  if (dtype === "float64") return (value) => value;
  return (value) => {
    if (!(Math.abs(value) < 2 ** 31)) cells.hasGivenUp = true;
    return Math.trunc(value) + 0;
  };
}
