import type { Allocate } from "../../contracts/allocate.js";
import type { Column, Field } from "../../contracts/frame.js";
import type { Buffers } from "../../contracts/task.js";
import { decode, encodeExact } from "../../fold/encode.js";
import { createFrame, widthOf } from "../../frame/frame.js";
import { sharedMemory } from "../parts/shared-memory.js";
import { neededSlots } from "./feature-graph.js";
import type { FitPasses } from "./level.js";
import type { SideBatch } from "./training-batches.js";

/** What is kept at most: by each piece of the first pass, and of all rows together. */
const KEPT_BYTES = 1 << 26;
/** What a piece leaves instead of its rows where they are more: texts take as much as their dictionaries do, which nobody knows before. */
const TOO_MANY = "rows";
const ROLES = ["$target", "$weight"];

/**
 * The raw columns that the levels behind the first read: few beside all columns, so that the first pass may keep them in memory instead of having every
 * part read and hashed once more. Empty: there are none, or they are too many.
 */
export function laterColumns({ scope, raw, view }: FitPasses, most = KEPT_BYTES): readonly string[] {
  const later = scope.placed.filter(({ level }) => level > 1).flatMap(({ inputs }) => inputs);
  const needed = neededSlots(scope.placed, later);
  const fields = raw.filter(({ name }) => needed.has(name));
  const isKept = fields.every(({ dtype }) => dtype !== "bytes" && dtype !== "sparse");
  const bytes = fields.reduce((sum, field) => sum + 8 * widthOf(field), 0) * view.split.manifest.rows.train;
  return isKept && bytes <= most ? fields.map(({ name }) => name) : [];
}

/** A batch as it travels. */
interface KeptBatch {
  readonly fields: readonly Field[];
  readonly columns: readonly Column[];
  readonly length: number;
}

/** What a piece of the first pass keeps. */
export interface RowKeeper {
  readonly kept: Buffers;
  /** Some columns of a batch, and its target and weights, under a name that tells whose rows they are. */
  keep(batch: SideBatch): void;
}

/** Keeps these columns; none: keeps nothing. */
export function rowKeeper(columns: readonly string[], most = KEPT_BYTES): RowKeeper {
  let kept: Record<string, Uint8Array> = {};
  let bytes = 0;
  return {
    get kept() {
      return kept;
    },
    keep({ frame, part, cross }) {
      if (columns.length === 0 || bytes > most) return;
      const fields = frame.fields.filter(({ name }) => columns.includes(name) || ROLES.includes(name));
      const rows = encodeExact({ fields, columns: fields.map(({ name }) => frame.column(name)), length: frame.length } satisfies KeptBatch, sharedMemory);
      bytes += rows.byteLength;
      if (bytes > most) kept = { [TOO_MANY]: new Uint8Array(0) };
      else kept[`rows.${part}.${cross ?? ""}`] = rows;
    },
  };
}

/** The batches of a part that were kept, each in memory from `allocate`: native code takes no memory that threads share. */
export function* keptBatches(buffers: Buffers, part: number, allocate: Allocate): Iterable<SideBatch> {
  for (const [name, bytes] of Object.entries(buffers)) {
    const [, of, cross] = name.split(".");
    if (!name.startsWith("rows.") || Number(of) !== part) continue;
    const { fields, columns, length } = decode<KeptBatch>(bytes, allocate);
    yield { frame: createFrame(fields, columns, length), part, cross: cross === "" ? null : Number(cross) };
  }
}

/** What pieces of the first pass kept, for those of the later ones. */
export interface KeptRows {
  /** False: nothing was kept, or more than may be. */
  readonly isThere: boolean;
  readonly keep: (name: string, bytes: Uint8Array) => void;
  /** The batches of some parts. */
  of(parts: readonly number[]): Buffers;
}

/** `most`: bytes of all together. */
export function keptRows(most = KEPT_BYTES): KeptRows {
  let batches: [string, Uint8Array][] = [];
  let bytes = 0;
  return {
    get isThere() {
      return batches.length > 0;
    },
    keep(name, batch) {
      bytes += name === TOO_MANY ? most + 1 : batch.byteLength;
      batches = bytes > most ? [] : [...batches, [name, batch]];
    },
    of(parts) {
      const names = new Set(parts.map((part) => `rows.${part}`));
      return Object.fromEntries(batches.filter(([name]) => names.has(name.slice(0, name.lastIndexOf(".")))));
    },
  };
}
