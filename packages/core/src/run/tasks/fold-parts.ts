import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { encodeExact } from "../../fold/encode.js";
import { foldFit } from "../features/fold-fit.js";
import { placeName, type PartFold, type PieceOptions } from "../parts/fold-parts.js";
import { mergeTree } from "../parts/merge-tree.js";
import { sharedMemory } from "../parts/shared-memory.js";
import { foldProfile } from "./profile.js";

const FOLDS: Readonly<Record<string, PartFold>> = { profile: foldProfile, fit: foldFit };

/** What `foldPartsStep` does. */
export const runFoldParts: Step["run"] = async (piece, context) => {
  const { task, options } = piece.options as unknown as { readonly task: Json; readonly options: PieceOptions };
  await using fold = await FOLDS[options.fold]!({ ...piece, options: task }, options.of, context);
  const tree = mergeTree(fold.merge);
  for (const [index, part] of options.parts.entries()) tree.add({ first: options.first + index, count: 1, partial: await fold.partial(part) });
  const spans = Object.fromEntries(tree.spans.map((span) => [placeName(span), encodeExact(span.partial, sharedMemory)]));
  return { outputs: {}, ledger: null, summary: null, buffers: { ...spans, ...fold.kept } };
};
