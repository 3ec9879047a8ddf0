import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { encodeExact } from "../../fold/encode.js";
import { foldFit } from "../features/fold-fit.js";
import { shared, type FoldOptions, type PartFold } from "../parts/fold-parts.js";
import { foldProfile } from "./profile.js";

const FOLDS: Readonly<Record<string, PartFold>> = { profile: foldProfile, fit: foldFit };

/** A piece of a step that folds the data: the partials of some parts, by part. No plan holds it: the step schedules it. */
export const foldPartsStep: Step = {
  place: "executor",
  plan: (_, tasks) => tasks,
  async run(piece, context) {
    const { task, options } = piece.options as unknown as { readonly task: Json; readonly options: FoldOptions };
    const partials: Record<string, Uint8Array> = {};
    for await (const { part, partial } of FOLDS[options.fold]!({ ...piece, options: task }, options, context)) partials[part] = shared(encodeExact(partial));
    return { outputs: {}, ledger: null, summary: null, buffers: partials };
  },
};
