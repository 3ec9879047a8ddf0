import { cutTextOutputs, MillraceError, readModel, split, type Piece, type TextOutput } from "@millrace/core";

/** How a file is run apart: its text inputs over dictionaries, its numbers in chunks, its text outputs as codes. */
export interface SplitPlan {
  readonly pieces: readonly Piece[];
  /** Null: the pieces give all outputs. */
  readonly rest: Uint8Array | null;
  /** Outputs of the whole that `rest` gives as codes, by their names. */
  readonly texts: ReadonlyMap<string, TextOutput>;
  /** Outputs of the whole, in its order; null: those of `rest`. */
  readonly outputs: readonly string[] | null;
}

/** A file with operators that Millrace does not know is one piece of numbers. */
export function planSplit(onnx: Uint8Array): SplitPlan {
  try {
    const cut = split(onnx) ?? { pieces: [], rest: onnx };
    const tail = cut.rest === null ? null : cutTextOutputs(cut.rest);
    return { pieces: cut.pieces, rest: tail?.model ?? cut.rest, texts: tail?.texts ?? new Map(), outputs: readModel(onnx).outputs.map(({ name }) => name) };
  } catch (error) {
    if (MillraceError.is(error, "GRAPH_UNSUPPORTED")) return { pieces: [], rest: onnx, texts: new Map(), outputs: null };
    throw error;
  }
}
