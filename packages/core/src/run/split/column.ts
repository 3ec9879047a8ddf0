import { classNames } from "../data/target.js";
import { sideCode, USED_SIDES } from "../data/sides.js";
import type { SplitRule, SplitRuleContext } from "./rule.js";

/** Sides named by a column that holds `train`, `validation` or `test`. */
export function columnRule({ with: options }: SplitRuleContext): SplitRule {
  const name = String(options["name"]);
  return async () => ({
    facts: [["column", name]],
    assign(frame) {
      const sideName = classNames(frame.column(name));
      const known = new Map<string, number>(USED_SIDES.map((side) => [side, sideCode(side)]));
      return Uint8Array.from({ length: frame.length }, (_, row) => known.get(sideName(row)) ?? sideCode("named by no side"));
    },
  });
}
