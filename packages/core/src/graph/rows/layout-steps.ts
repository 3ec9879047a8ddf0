import type { Tensor } from "../../contracts/graph.js";
import { intOf, intsOf, stringOf, stringsOf } from "../attributes.js";
import { all, columnsOf, copy, rowType, type PlanNode } from "./step.js";
import { widthOfDims } from "../tensor-type.js";

/** The same cells in another shape. */
export const renamed: PlanNode = ({ inputs, outputs }, facts) => {
  const [from, to] = [rowType(facts, inputs[0]!), rowType(facts, outputs[0]!)];
  if (from === null || to === null || widthOfDims(from.dims) !== widthOfDims(to.dims)) return null;
  return (room) => {
    const place = room.place(outputs[0]!);
    return copy(room, room.place(inputs[0]!), 0, place, 0, place.width);
  };
};

export const concat: PlanNode = ({ inputs, outputs }, facts) => {
  if (inputs.some((name) => columnsOf(facts, name) === null) || columnsOf(facts, outputs[0]!) === null) return null;
  return (room) => {
    const to = room.place(outputs[0]!);
    let offset = 0;
    return all(
      inputs.map((name) => {
        const from = room.place(name);
        offset += from.width;
        return copy(room, from, 0, to, offset - from.width, from.width);
      }),
    );
  };
};

export const splitColumns: PlanNode = ({ inputs, outputs }, facts) => {
  if (columnsOf(facts, inputs[0]!) === null || outputs.some((name) => columnsOf(facts, name) === null)) return null;
  return (room) => {
    const from = room.place(inputs[0]!);
    let offset = 0;
    return all(
      outputs.map((name) => {
        const to = room.place(name);
        offset += to.width;
        return copy(room, from, offset - to.width, to, 0, to.width);
      }),
    );
  };
};

/** Some columns of a value `[N, width]`. */
export const slice: PlanNode = ({ inputs, outputs }, facts) => {
  const [value, starts, , axes] = inputs;
  const width = columnsOf(facts, value!);
  const [start, ...more] = numbersOf(facts.constants.get(starts!));
  const axis = axes === undefined || axes === "" ? 0 : numbersOf(facts.constants.get(axes))[0];
  if (width === null || columnsOf(facts, outputs[0]!) === null || start === undefined || more.length > 0 || (axis !== 1 && axis !== -1)) return null;
  const from = Math.min(width, Math.max(0, start < 0 ? start + width : start));
  return (room) => {
    const to = room.place(outputs[0]!);
    return copy(room, room.place(value!), from, to, 0, to.width);
  };
};

function numbersOf(tensor: Tensor | undefined): readonly number[] {
  return tensor?.dtype === "int64" ? Array.from(tensor.values, Number) : [];
}

/** Entries of a constant table by codes, or columns of a value by constant indices. */
export const gather: PlanNode = (node, facts) => {
  const axis = intOf(node.attributes, "axis", 0);
  const [data, indices] = node.inputs;
  const table = facts.constants.get(data!);
  if (table !== undefined && axis === 0) return tableGather(table, indices!, node.outputs[0]!, facts);
  const chosen = facts.constants.get(indices!);
  return chosen !== undefined && (axis === 1 || axis === -1) ? columnGather(data!, numbersOf(chosen), node.outputs[0]!, facts) : null;
};

function tableGather(table: Tensor, indices: string, output: string, facts: Parameters<PlanNode>[1]): ReturnType<PlanNode> {
  const entries = table.dims[0];
  if (entries === undefined || rowType(facts, indices) === null || rowType(facts, output) === null) return null;
  const inner = widthOfDims(table.dims.slice(1));
  const texts = table.dtype === "string" ? table.values : null;
  const numbers = table.dtype === "string" ? null : Float64Array.from(table.values as ArrayLike<number | bigint>, Number);
  if (table.dtype === "int64" && !numbers!.every(Number.isSafeInteger)) return null;
  return (room) => {
    const { cells } = room;
    const [codes, to] = [room.place(indices), room.place(output)];
    return () => {
      for (let i = 0; i < codes.width; i++) {
        const code = cells.numbers[codes.at + i]!;
        const entry = code < 0 ? code + entries : code;
        // A runtime refuses the batch.
        if (!(entry >= 0 && entry < entries)) cells.hasGivenUp = true;
        else if (texts === null) for (let k = 0; k < inner; k++) cells.numbers[to.at + i * inner + k] = numbers![entry * inner + k]!;
        else for (let k = 0; k < inner; k++) cells.texts[to.at + i * inner + k] = texts[entry * inner + k]!;
      }
    };
  };
}

function columnGather(data: string, chosen: readonly number[], output: string, facts: Parameters<PlanNode>[1]): ReturnType<PlanNode> {
  const width = columnsOf(facts, data);
  const type = rowType(facts, output);
  if (width === null || type === null || widthOfDims(type.dims) !== chosen.length || !chosen.every((index) => index >= -width && index < width)) return null;
  return (room) => {
    const [from, to] = [room.place(data), room.place(output)];
    return all(chosen.map((index, at) => copy(room, from, index < 0 ? index + width : index, to, at, 1)));
  };
}

/** Of equal keys the first counts. */
export const labelEncoder: PlanNode = ({ inputs, outputs, attributes }, facts) => {
  const type = rowType(facts, outputs[0]!);
  const texts = stringsOf(attributes, "values_strings");
  const keys: readonly (string | number)[] = facts.types.get(inputs[0]!)?.dtype === "string" ? stringsOf(attributes, "keys_strings") : intsOf(attributes, "keys_int64s");
  const values: readonly (string | number)[] = texts.length > 0 ? texts : intsOf(attributes, "values_int64s");
  const otherwise = texts.length > 0 ? stringOf(attributes, "default_string", "_Unused") : intOf(attributes, "default_int64", -1);
  const isHeld = [...keys, ...values, otherwise].every((one) => typeof one === "string" || Number.isSafeInteger(one));
  if (type === null || rowType(facts, inputs[0]!) === null || !isHeld) return null;
  const table = new Map(keys.map((key, index) => [key, values[index]!] as const).reverse());
  return (room) => {
    const { cells } = room;
    const [from, to] = [room.place(inputs[0]!), room.place(outputs[0]!)];
    return () => {
      for (let i = 0; i < to.width; i++) {
        const key = from.dtype === "string" ? cells.texts[from.at + i]! : cells.numbers[from.at + i]!;
        const value = table.get(key) ?? otherwise;
        if (to.dtype === "string") cells.texts[to.at + i] = value as string;
        else cells.numbers[to.at + i] = value as number;
      }
    };
  };
};

/** The first of the greatest; what a runtime says where there is a NaN is its own. */
export const argMax: PlanNode = ({ inputs, outputs, attributes }, facts) => {
  const width = columnsOf(facts, inputs[0]!);
  const axis = intOf(attributes, "axis", 0);
  const takesLast = intOf(attributes, "select_last_index", 0) === 1;
  if (width === null || rowType(facts, outputs[0]!) === null || (axis !== 1 && axis !== -1)) return null;
  return (room) => {
    const { cells } = room;
    const [from, to] = [room.place(inputs[0]!).at, room.place(outputs[0]!).at];
    return () => {
      const { numbers } = cells;
      let best = 0;
      for (let i = 0; i < width; i++) {
        const [here, there] = [numbers[from + i]!, numbers[from + best]!];
        if (here !== here) cells.hasGivenUp = true;
        if (here > there || (takesLast && here === there)) best = i;
      }
      numbers[to] = best;
    };
  };
};
