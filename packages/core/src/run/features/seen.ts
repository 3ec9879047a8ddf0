import type { Field } from "../../contracts/frame.js";
import type { Seen } from "../../contracts/model.js";
import { extremes, type Extremes } from "../../fold/extremes.js";
import { textCounts, type TextCounts } from "../../fold/text-counts.js";
import { select } from "../../frame/take.js";
import type { PassFold, PassResult } from "./fold-set.js";

/** Texts that a signature names at most: it travels with the model. */
export const SEEN_TEXTS = 1_000;

/** A fold per raw column that keeps what was seen of it. Columns of personal data are not among them: a signature travels, and golden rows are made from it. */
export function seenFolds(inputs: readonly Field[]): ReadonlyMap<string, PassFold> {
  return new Map(
    inputs
      .filter(({ dtype, shape }) => dtype !== "bytes" && (shape ?? []).length === 0)
      .map(({ name, dtype }) => [`seen ${name}`, { fold: dtype === "string" ? textCounts(name) : extremes(name), cross: false, view: (frame) => select(frame, [name]) }]),
  );
}

export function seenOf(inputs: readonly Field[], results: ReadonlyMap<string, PassResult>): Readonly<Record<string, Seen>> {
  return Object.fromEntries(
    inputs.flatMap(({ name, dtype }): [string, Seen][] => {
      const result = results.get(`seen ${name}`)?.all;
      if (result === undefined) return [];
      if (dtype === "string") {
        const { counts, missing } = result as TextCounts;
        return [[name, { kind: "text", values: [...counts.keys()].slice(0, SEEN_TEXTS), missing }]];
      }
      const { minimum, maximum, missing } = result as Extremes;
      return [[name, { kind: "number", minimum: minimum ?? 0, maximum: maximum ?? 0, missing }]];
    }),
  );
}
