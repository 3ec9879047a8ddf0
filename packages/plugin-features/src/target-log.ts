import { defineFold, MillraceError, toFloat64, type Transform } from "@millrace/core";
import { targetField } from "./columns.js";
import { expm1, log1p } from "./log1p.js";
import { lowerTarget } from "./target-value.js";

/** Learns ln(1 + target); predictions go back by e^x - 1. For targets above -1 whose spread grows with their size: prices, counts, durations. */
export function targetLog(): Transform<null> {
  return {
    learnsFrom: "target-only",
    fields: (input) => input.map(({ name }) => targetField(name)),
    // Learns nothing, and finds targets that have no logarithm before anything is trained on them.
    fit: () =>
      defineFold<{ least: number }, null>({
        start: () => ({ least: Infinity }),
        add: (partial, batch) => ({ least: toFloat64(batch.column("$target")).reduce((least, value) => (value < least ? value : least), partial.least) }),
        merge: (left, right) => ({ least: Math.min(left.least, right.least) }),
        finish({ least }) {
          if (least <= -1)
            throw new MillraceError({ code: "TRANSFORM_TARGET", message: `\`target-log\` needs targets above -1; the least is ${least}.`, mend: "Use `target-standardize`, or shift the target in the source's SQL." });
          return null;
        },
      }),
    lower: (_state, input, graph) => lowerTarget(input, graph, log1p, expm1),
  };
}
