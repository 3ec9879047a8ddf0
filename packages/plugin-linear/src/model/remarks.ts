import type { Remark } from "@millrace/core";
import type { LinearState } from "./state.js";

/** The state, saying of itself that its probabilities are none, where that is so. */
export function withDoubt(state: LinearState, doubt: string | null): LinearState {
  if (doubt === null) return state;
  const remark: Remark = { about: "probabilities", sentence: `${doubt} Put \`calibrate\` into \`after\`, or read them as an order only.` };
  return { ...state, remarks: [...state.remarks, remark] };
}

/** Null where all classes weigh the same. */
export function doubtOfClassWeights(factors: Readonly<Record<string, number>> | null): string | null {
  if (factors === null) return null;
  const shown = Object.entries(factors).slice(0, 10).map(([name, factor]) => `\`${name}\` ${Number(factor.toPrecision(4))}`);
  const more = Object.keys(factors).length > shown.length ? ", ..." : "";
  return `Probabilities are not calibrated: rows weigh by their class in training (${shown.join(", ")}${more}), so that those of the heavier classes are too high.`;
}

/** Of a machine that maximizes margins. */
export const DOUBT_OF_MARGINS = "Probabilities are not calibrated: they are sigmoids of a support vector machine's margins.";
