import { outputColumn, type Column, type Field, type Signature, type TextColumn } from "@millrace/core";
import { feedsOf, runChunks } from "./chunks.js";
import type { Engine } from "./predictor.js";
import { openSession, type Library } from "./session.js";
import { planSplit } from "./split-plan.js";
import { codesOf, gather, gatherTexts, type Placed } from "./tables.js";
import { openPiece } from "./text-pieces.js";

/** Texts run once per distinct value, numbers in chunks. A table that leaves the model as it is never enters a session again. */
export async function openSplit(library: Library, onnx: Uint8Array, signature: Signature): Promise<Engine> {
  const plan = planSplit(onnx);
  const pieces = await Promise.all(plan.pieces.map((piece) => openPiece(library, piece)));
  const rest = plan.rest === null ? null : await openSession(library, plan.rest);
  const names = plan.outputs ?? rest!.outputs;
  return {
    async run(columns, rows) {
      const tables = new Map<string, Placed>();
      for (const piece of pieces) for (const [name, placed] of await piece.run(columns.get(piece.input) as TextColumn)) tables.set(name, placed);
      const results = rest === null ? null : await runChunks(rest, feedsOf(rest, signature, columns, tables, rows), rows);
      return signature.outputs.map((field, index) => {
        const name = names[index]!;
        const text = plan.texts.get(name);
        if (text !== undefined) return gatherTexts(text.texts, codesOf(results!.get(text.codes)!.tensor), field.name);
        const result = results?.get(name);
        return result === undefined ? fromTable(tables.get(name)!, field, rows) : outputColumn(result.tensor, field);
      });
    },
    async release() {
      for (const { release } of pieces) await release();
      await rest?.release();
    },
  };
}

function fromTable({ table, codes }: Placed, field: Field, rows: number): Column {
  return table.tensor.dtype === "string" ? gatherTexts(table.tensor.values, codes, field.name) : outputColumn(gather(table, codes, 0, rows, null), field);
}
