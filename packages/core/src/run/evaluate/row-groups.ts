import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import { field } from "../../frame/frame.js";
import { take, withColumn } from "../../frame/take.js";
import { units } from "../split/unit-hash.js";
import { JACKKNIFE_GROUPS, leaveOneOut } from "./jackknife.js";

/** Which of the jackknife's groups a row is in. */
const GROUP = "$jackknife";

/**
 * A view of raw rows with the jackknife's group of each row: by a hash of the key column, so that rows of one key stay together; else by the
 * row's number on its side, `firstRow` being that of the first.
 */
export function withRowGroups(view: Frame, raw: Frame, firstRow: number, key: string | null): Frame {
  const values = Int32Array.from(units(raw, firstRow, key, "jackknife", JACKKNIFE_GROUPS), (unit) => Math.floor(unit * JACKKNIFE_GROUPS));
  return withColumn(view, field(GROUP, "int32"), { dtype: "int32", values, validity: null });
}

/** What a fold finds of all rows, and without each group that has rows. */
export interface LeftOut<Result> {
  readonly whole: Result;
  readonly without: readonly Result[];
}

/** A fold of views with groups, which keeps a partial for each group that has rows. */
export function leavingGroupsOut<Result>(fold: Fold<Result>): Fold<LeftOut<Result>, Record<string, unknown>> {
  return {
    start: () => ({}),
    add(partial, batch) {
      for (const [group, rows] of rowsByGroup(batch)) partial[group] = fold.add(partial[group] ?? fold.start(), take(batch, Int32Array.from(rows)));
      return partial;
    },
    merge(left, right) {
      for (const [group, theirs] of Object.entries(right)) left[group] = group in left ? fold.merge(left[group], theirs) : theirs;
      return left;
    },
    finish(partial) {
      // The whole is what there is without one more group, which is empty. Keys that are whole numbers come in their order.
      const found = leaveOneOut(fold, [...Object.values(partial), fold.start()]);
      return { whole: found.at(-1)!, without: found.slice(0, -1) };
    },
  };
}

function rowsByGroup(batch: Frame): ReadonlyMap<number, readonly number[]> {
  const { values } = batch.column(GROUP) as { readonly values: Int32Array };
  const found = new Map<number, number[]>();
  values.forEach((group, row) => {
    const rows = found.get(group);
    if (rows === undefined) found.set(group, [row]);
    else rows.push(row);
  });
  return found;
}
