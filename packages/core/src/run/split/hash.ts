import type { Frame } from "../../contracts/frame.js";
import { sideCode } from "../data/sides.js";
import type { SplitRule, SplitRuleContext } from "./rule.js";
import { units } from "./unit-hash.js";

/** Sides by a hash of the group, else of the key, else of the row number: a row never changes sides as data grows. */
export function hashRule({ columns, with: options, seed }: SplitRuleContext): SplitRule {
  const key = (options["group"] as string | undefined) ?? columns.group ?? columns.key;
  const test = Number(options["test"] ?? 0.2);
  const validation = Number(options["validation"] ?? 0.2);
  return async () => ({
    facts: [["by", key ?? "row number"], ["validation", validation], ["test", test]],
    assign: (frame: Frame, firstRow: number) => Uint8Array.from(units(frame, firstRow, key, "split", seed), (unit) => sideOfUnit(unit, test, validation)),
  });
}

/** [0, test) is test, [test, test + validation) validation, the rest training. */
export function sideOfUnit(unit: number, test: number, validation: number): number {
  return unit < test ? sideCode("test") : unit < test + validation ? sideCode("validation") : sideCode("train");
}
