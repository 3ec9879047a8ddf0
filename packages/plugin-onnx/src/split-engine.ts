import { createFrame, outputColumn, take, type Allocate, type Column, type Field, type Signature, type SparseColumn, type TextColumn } from "@millrace/core";
import { feedsOf, runChunks } from "./chunks.js";
import type { Engine } from "./predictor.js";
import { openSession, type Library } from "./session.js";
import { planSplit } from "./split-plan.js";
import { codesOf, gather, gatherTexts, roomFor, type Placed } from "./tables.js";
import { openPiece } from "./text-pieces.js";

/** Texts run once per distinct value, numbers in chunks. A table that leaves the model as it is never enters a session again. */
export async function openSplit(library: Library, onnx: Uint8Array, signature: Signature): Promise<Engine> {
  const plan = planSplit(onnx);
  const rest = plan.rest === null ? null : await openSession(library, plan.rest);
  const names = plan.outputs ?? rest!.outputs;
  const sparse = new Map(signature.outputs.flatMap((field, index) => (field.dtype === "sparse" ? [[names[index]!, field] as const] : [])));
  const pieces = await Promise.all(plan.pieces.map((piece) => openPiece(library, piece, sparse)));
  return {
    async run(columns, rows, allocate) {
      const tables = new Map<string, Placed>();
      const vectors = new Map<string, Column>();
      for (const piece of pieces) {
        const { tables: found, codes } = await piece.run(columns.get(piece.input) as TextColumn);
        for (const [name, table] of found.dense) tables.set(name, { table, codes });
        for (const [name, table] of found.sparse) vectors.set(name, takeVectors(table, sparse.get(name)!, codes));
      }
      const results = rest === null ? null : await runChunks(rest, feedsOf(rest, signature, columns, tables, rows), rows, sparse, allocate);
      for (const [name, column] of results?.sparse() ?? []) vectors.set(name, column);
      return signature.outputs.map((field, index) => {
        const name = names[index]!;
        const text = plan.texts.get(name);
        if (text !== undefined) return gatherTexts(text.texts, codesOf(results!.tensors.get(text.codes)!.tensor), field.name, allocate);
        const result = results?.tensors.get(name);
        return vectors.get(name) ?? (result === undefined ? fromTable(tables.get(name)!, field, rows, allocate) : outputColumn(result.tensor, field));
      });
    },
    async release() {
      for (const { release } of pieces) await release();
      await rest?.release();
    },
  };
}

function fromTable({ table, codes }: Placed, field: Field, rows: number, allocate?: Allocate): Column {
  return table.tensor.dtype === "string" ? gatherTexts(table.tensor.values, codes, field.name, allocate) : outputColumn(gather(table, codes, 0, rows, roomFor(table, rows, allocate)), field);
}

function takeVectors(table: SparseColumn, field: Field, codes: Int32Array): Column {
  return take(createFrame([field], [table], table.starts.length - 1), codes).column(field.name);
}
