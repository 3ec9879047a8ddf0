import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { encodeExact } from "../../fold/encode.js";
import { foldFit } from "../features/fold-fit.js";
import { shared, type FoldOptions, type PartFold } from "../parts/fold-parts.js";
import { foldProfile } from "./profile.js";

const FOLDS: Readonly<Record<string, PartFold>> = { profile: foldProfile, fit: foldFit };

/** What `foldPartsStep` does. */
export const runFoldParts: Step["run"] = async (piece, context) => {
  const { task, options } = piece.options as unknown as { readonly task: Json; readonly options: FoldOptions };
  const partials: Record<string, Uint8Array> = {};
  for await (const { part, partial } of FOLDS[options.fold]!({ ...piece, options: task }, options, context)) partials[part] = shared(encodeExact(partial));
  return { outputs: {}, ledger: null, summary: null, buffers: partials };
};
