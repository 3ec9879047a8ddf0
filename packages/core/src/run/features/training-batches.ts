import type { Allocate } from "../../contracts/allocate.js";
import type { Column, Field, Frame } from "../../contracts/frame.js";
import type { Columns } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";
import { field } from "../../frame/frame.js";
import { toFloat64 } from "../../frame/missing.js";
import { select, take, withColumns } from "../../frame/take.js";
import type { Frames, Part } from "../data/frames.js";
import { partsOn, rowsOn, sideCode, type Split, type UsedSide } from "../data/sides.js";
import { targetColumn } from "../data/target.js";
import { units } from "../split/unit-hash.js";

/** Parts of cross-fitting: each row's target encodings come from the other four. */
export const CROSS_PARTS = 5;

/** Rows of one side of one part; `cross` is the part of cross-fitting that they are in, or null where nothing is cross-fitted. */
export interface SideBatch {
  readonly frame: Frame;
  readonly cross: number | null;
  readonly part: number;
}

/** What the batches of a side are made from. */
export interface SideView {
  readonly frames: Frames;
  readonly split: Split;
  readonly columns: Pick<Columns, "key" | "group" | "target" | "weight">;
  readonly crossFit: boolean;
  /** Raw columns that are wanted; what is left out need not be copied. Default: all. */
  readonly only?: ReadonlySet<string>;
  /** Where parts are read to, and their rows are gathered. Default: each in memory of its own. */
  readonly allocate?: Allocate;
}

/**
 * The raw rows of a side with `$target`, `$weight`, `$group`, each part with rows of the side read once; where features are cross-fitted, a
 * batch per part of it. `parts`: only these parts of the data; each must have rows of the side.
 */
export async function* sideBatches(view: SideView, side: UsedSide, parts: readonly number[] = partsOn(view.split.manifest, side)): AsyncIterable<SideBatch> {
  for (const index of parts) {
    const rows = rowsOn(await view.split.sides(index, view.allocate), sideCode(side));
    const part = await view.frames.part(index, view.allocate);
    const frame = wanted(part.frame, view);
    const problem = view.split.manifest.problem;
    if (!view.crossFit) {
      yield { frame: withRoles(rows === null ? frame : take(frame, rows, view.allocate), view.columns, problem), cross: null, part: part.index };
      continue;
    }
    for (const [cross, chosen] of crossRows(part, rows, view.columns).entries())
      if (chosen.length > 0) yield { frame: withRoles(take(frame, chosen, view.allocate), view.columns, problem), cross, part: part.index };
  }
}

/** The columns that are wanted, and those that make `$target`, `$weight` and `$group`. */
function wanted(frame: Frame, { only, columns: { target, weight, group } }: SideView): Frame {
  if (only === undefined) return frame;
  return select(frame, frame.fields.map(({ name }) => name).filter((name) => only.has(name) || name === target || name === weight || name === group));
}

/** A frame with `$target`, `$weight` and `$group` where the model has them. */
export function withRoles(frame: Frame, { target, weight, group }: SideView["columns"], problem: Problem | null): Frame {
  const roles: (readonly [Field, Column])[] = [];
  if (target !== null && problem !== null) roles.push(targetColumn(frame, target, problem));
  if (weight !== null) roles.push([field("$weight", "float64"), { dtype: "float64", values: toFloat64(frame.column(weight)) }]);
  if (group !== null) roles.push([{ ...frame.fields.find(({ name }) => name === group)!, name: "$group" }, frame.column(group)]);
  return withColumns(frame, roles.map(([role]) => role), roles.map(([, column]) => column));
}

/** Rows of a part by their part of cross-fitting: a hash of the group, else of the key, else of the row number, so that groups stay together. */
function crossRows(part: Part, rows: Int32Array | null, columns: SideView["columns"]): readonly Int32Array[] {
  const unit = units(part.frame, part.firstRow, columns.group ?? columns.key, "cross-fit", CROSS_PARTS);
  const found: number[][] = Array.from({ length: CROSS_PARTS }, () => []);
  const count = rows?.length ?? part.frame.length;
  for (let i = 0; i < count; i++) {
    const row = rows === null ? i : rows[i]!;
    found[Math.floor(unit[row]! * CROSS_PARTS)]!.push(row);
  }
  return found.map((chosen) => Int32Array.from(chosen));
}
