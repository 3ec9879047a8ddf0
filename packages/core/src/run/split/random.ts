import type { Fold } from "../../contracts/fold.js";
import type { Column, Frame } from "../../contracts/frame.js";
import { defineFold } from "../../fold/define-fold.js";
import { sideCode } from "../data/sides.js";
import type { SplitRule, SplitRuleContext } from "./rule.js";
import { strata } from "./strata.js";
import { strataColumn } from "./strata-column.js";
import { units } from "./unit-hash.js";

/**
 * Exact shares of shuffled rows, of each stratum where `stratify` names a column (`true`: the target). With `columns.group`, exact shares of shuffled groups, as
 * scikit-learn's GroupShuffleSplit; rows without a group are one. The config refuses strata of groups.
 */
export function randomRule({ columns, with: options, seed }: SplitRuleContext): SplitRule {
  const { group } = columns;
  const stratify = strataColumn(options, columns.target);
  const test = Number(options["test"] ?? 0.2);
  const validation = Number(options["validation"] ?? 0.2);
  const unitsOf = (frame: Frame, firstRow: number) => units(frame, firstRow, group, `random ${seed}`, seed);
  return async (pass) => {
    const bounds = await pass(strataBounds(stratify, test, validation, unitsOf));
    return {
      facts: [...(group === null ? [] : [["group", group] as const]), ["stratify", stratify], ["validation", validation], ["test", test]],
      assign(frame, firstRow) {
        const stratumOf = strata(frame, stratify);
        return Uint8Array.from(unitsOf(frame, firstRow), (unit, row) => {
          const { test: lastTest, validation: lastValidation } = bounds[stratumOf(row)]!;
          return unit <= lastTest ? sideCode("test") : unit <= lastValidation ? sideCode("validation") : sideCode("train");
        });
      },
    };
  };
}

type Bounds = Readonly<Record<string, { readonly test: number; readonly validation: number }>>;

/** Per stratum the greatest unit of the test and of the validation, by the ranks of the units that differ (a row has its own, or its group's), so that shares are exact (test rounded up, as in scikit-learn). */
function strataBounds(stratify: string | null, test: number, validation: number, unitsOf: (frame: Frame, firstRow: number) => Float64Array): Fold<Bounds> {
  return defineFold({
    start: () => new Map<string, number[][]>(),
    add(partial, batch) {
      const stratumOf = strata(batch, stratify);
      const rows = batch.column("$row") as Extract<Column, { dtype: "float64" }>;
      const unit = unitsOf(batch, batch.length === 0 ? 0 : rows.values[0]!);
      const found = new Map<string, number[]>();
      for (let i = 0; i < batch.length; i++) {
        const stratum = stratumOf(i);
        if (!found.has(stratum)) found.set(stratum, []);
        found.get(stratum)!.push(unit[i]!);
      }
      for (const [stratum, units] of found) partial.set(stratum, [...(partial.get(stratum) ?? []), units]);
      return partial;
    },
    merge(left, right) {
      for (const [stratum, chunks] of right) left.set(stratum, [...(left.get(stratum) ?? []), ...chunks]);
      return left;
    },
    finish(partial) {
      const bounds = [...partial].map(([stratum, chunks]) => {
        const sorted = Float64Array.from(chunks.flat()).sort().filter((unit, index, all) => unit !== all[index - 1]);
        const tests = Math.ceil(test * sorted.length);
        const validations = Math.ceil(validation * sorted.length);
        return [stratum, { test: tests === 0 ? -1 : sorted[tests - 1]!, validation: tests + validations === 0 ? -1 : sorted[Math.min(tests + validations, sorted.length) - 1]! }] as const;
      });
      return Object.fromEntries(bounds);
    },
  });
}
