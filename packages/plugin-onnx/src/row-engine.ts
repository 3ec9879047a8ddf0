import { borderTensor, MillraceError, outputColumn, rowProgram, type RowProgram, type Signature, type Tensor } from "@millrace/core";
import type { Engine } from "./predictor.js";
import { openSession, type Library } from "./session.js";

const NOTHING: ReadonlyMap<string, Tensor> = new Map();

/** Few rows: what has the same bits in every runtime is done without one, row by row, and a session has the rest. Rows that this cannot do go to `whole`. */
export async function openRows(library: Library, onnx: Uint8Array, signature: Signature, whole: () => Promise<Engine>): Promise<Engine> {
  const program = programOf(onnx);
  if (program === null) return { run: async (columns, rows) => (await whole()).run(columns, rows), release: async () => {} };
  const { inputs, outputs } = signature;
  const session = program.between === null ? null : await openSession(library, program.between);
  return {
    async run(columns, rows) {
      const begun = program.begin(new Map(inputs.map((field) => [field.name, borderTensor(columns.get(field.name)!, field, rows)])), rows);
      const results = begun?.end(session === null ? NOTHING : await session.run(begun.feeds)) ?? null;
      return results === null ? (await whole()).run(columns, rows) : outputs.map((field, index) => outputColumn(results[index]!, field));
    },
    async release() {
      await session?.release();
    },
  };
}

/** A file with operators that Millrace does not know runs whole. */
function programOf(onnx: Uint8Array): RowProgram | null {
  try {
    return rowProgram(onnx);
  } catch (error) {
    if (MillraceError.is(error, "GRAPH_UNSUPPORTED")) return null;
    throw error;
  }
}
