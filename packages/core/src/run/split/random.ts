import type { Fold } from "../../contracts/fold.js";
import type { Column, Frame } from "../../contracts/frame.js";
import { defineFold } from "../../fold/define-fold.js";
import { classNames } from "../data/target.js";
import { sideCode } from "../data/sides.js";
import type { SplitRule, SplitRuleContext } from "./rule.js";
import { unitRow } from "../../frame/unit-row.js";

/** Exact shares of shuffled rows, of each stratum where `stratify` names a column (`true`: the target). */
export function randomRule({ columns, with: options, seed }: SplitRuleContext): SplitRule {
  const stratify = options["stratify"] === true ? columns.target : ((options["stratify"] || null) as string | null);
  const test = Number(options["test"] ?? 0.2);
  const validation = Number(options["validation"] ?? 0.2);
  return async (pass) => {
    const bounds = await pass(strataBounds(stratify, test, validation, seed));
    return {
      facts: [["stratify", stratify], ["validation", validation], ["test", test]],
      assign(frame, firstRow) {
        const stratumOf = strata(frame, stratify);
        return Uint8Array.from({ length: frame.length }, (_, row) => {
          const unit = unitRow(firstRow + row, seed);
          const { test: lastTest, validation: lastValidation } = bounds[stratumOf(row)]!;
          return unit <= lastTest ? sideCode("test") : unit <= lastValidation ? sideCode("validation") : sideCode("train");
        });
      },
    };
  };
}

type Bounds = Readonly<Record<string, { readonly test: number; readonly validation: number }>>;

/** Per stratum the greatest unit of the test rows and of the validation rows: ranks, so that shares are exact (test rounded up, as in scikit-learn). */
function strataBounds(stratify: string | null, test: number, validation: number, seed: number): Fold<Bounds> {
  return defineFold({
    start: () => new Map<string, number[][]>(),
    add(partial, batch) {
      const stratumOf = strata(batch, stratify);
      const rows = batch.column("$row") as Extract<Column, { dtype: "float64" }>;
      const found = new Map<string, number[]>();
      for (let i = 0; i < batch.length; i++) {
        const stratum = stratumOf(i);
        if (!found.has(stratum)) found.set(stratum, []);
        found.get(stratum)!.push(unitRow(rows.values[i]!, seed));
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
        const sorted = Float64Array.from(chunks.flat()).sort();
        const tests = Math.ceil(test * sorted.length);
        const validations = Math.ceil(validation * sorted.length);
        return [stratum, { test: tests === 0 ? -1 : sorted[tests - 1]!, validation: tests + validations === 0 ? -1 : sorted[Math.min(tests + validations, sorted.length) - 1]! }] as const;
      });
      return Object.fromEntries(bounds);
    },
  });
}

function strata(frame: Frame, column: string | null): (row: number) => string {
  return column === null ? () => "" : classNames(frame.column(column));
}
