import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { defineFold } from "../../fold/define-fold.js";
import { isMissing } from "../../frame/missing.js";
import { classNames } from "../data/target.js";
import { sideCode, USED_SIDES } from "../data/sides.js";
import type { SplitRule, SplitRuleContext } from "./rule.js";

/** Sides named by a column that holds `train`, `validation` or `test`. Throws SPLIT_GROUP_SIDES where it puts a group of `columns.group` on two of them. */
export function columnRule({ columns: { group }, with: options }: SplitRuleContext): SplitRule {
  const name = String(options["name"]);
  const known = new Map<string, number>(USED_SIDES.map((side) => [side, sideCode(side)]));
  const assign = (frame: Frame): Uint8Array => {
    const sideName = classNames(frame.column(name));
    return Uint8Array.from({ length: frame.length }, (_, row) => known.get(sideName(row)) ?? sideCode("named by no side"));
  };
  return async (pass) => {
    if (group === null) return { facts: [["column", name]], assign };
    const divided = await pass(dividedGroup(group, assign));
    if (divided !== null) throw groupOnTwoSides(group, name, divided);
    return { facts: [["column", name], ["group", group]], assign };
  };
}

interface Divided {
  /** A missing value is null. */
  readonly group: string | null;
  readonly sides: readonly [number, number];
}

/** The first group with rows on two sides, null where each is on one. Rows without a group are one, as where groups are drawn. */
function dividedGroup(column: string, assign: (frame: Frame) => Uint8Array): Fold<Divided | null> {
  return defineFold({
    start: () => new Map<string | null, number[]>(),
    add(partial, batch) {
      const values = batch.column(column);
      const nameOf = classNames(values);
      assign(batch).forEach((side, row) => {
        if (side < USED_SIDES.length) note(partial, isMissing(values, row) ? null : nameOf(row), side);
      });
      return partial;
    },
    merge(left, right) {
      for (const [group, sides] of right) for (const side of sides) note(left, group, side);
      return left;
    },
    finish(partial) {
      for (const [group, [first, second]] of partial) if (second !== undefined) return { group, sides: [first!, second] };
      return null;
    },
  });
}

/** Sides in the order in which rows named them, so that any cut of the rows finds the same. */
function note(partial: Map<string | null, number[]>, group: string | null, side: number): void {
  const sides = partial.get(group);
  if (sides === undefined) partial.set(group, [side]);
  else if (!sides.includes(side)) sides.push(side);
}

function groupOnTwoSides(column: string, name: string, { group, sides: [first, second] }: Divided): MillraceError {
  const which = group === null ? `Rows without a "${column}", which count as one group,` : `The group "${group}" of "${column}"`;
  return new MillraceError({
    code: "SPLIT_GROUP_SIDES",
    message: `${which} ${group === null ? "are" : "is"} on two sides of the split: column "${name}" says ${USED_SIDES[first]} and ${USED_SIDES[second]}.`,
    mend: `Name one side for all rows of a group in "${name}", or leave columns.group out.`,
    facts: { column, value: group },
  });
}
