import type { Allocate } from "../../contracts/allocate.js";
import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Digest } from "../../contracts/digest.js";
import type { Ledger } from "../../contracts/entities.js";
import type { Json } from "../../contracts/json.js";
import type { Problem } from "../../contracts/trainer.js";
import { readBytes, readJson } from "../../record/artifact-bytes.js";

/** A side's code is its index; from `gap` on they are reasons for which a row is on no side, as the ledger names them. */
export const SIDES = ["train", "validation", "test", "gap", "other side of its group", "label not ripe", "no label", "named by no side"] as const;

export type Side = (typeof SIDES)[number];
export type UsedSide = "train" | "validation" | "test";

export const USED_SIDES: readonly UsedSide[] = ["train", "validation", "test"];

export function sideCode(side: Side): number {
  return SIDES.indexOf(side);
}

/** What `split` leaves: a byte per row and part (a side's code), and what the target turned out to be. */
export interface SplitManifest {
  readonly rule: string;
  /** Null where the model has no target. */
  readonly problem: Problem | null;
  /** `rows`: of each side, in the order of SIDES. */
  readonly parts: readonly { readonly digest: Digest; readonly rows: readonly number[] }[];
  readonly rows: Readonly<Record<Side, number>>;
  /** Rows of each class on the training side, in the order of the problem's classes; null for regression. */
  readonly classRows: readonly number[] | null;
  /** What the rule found, for people, in order: windows, thresholds. */
  readonly facts: readonly (readonly [name: string, value: Json])[];
}

export interface Split {
  readonly manifest: SplitManifest;
  /** In memory from `allocate`, by default its own. */
  sides(part: number, allocate?: Allocate): Promise<Uint8Array>;
}

export async function openSplit(artifacts: ArtifactStore, digest: Digest): Promise<Split> {
  const manifest = (await readJson(artifacts, digest)) as unknown as SplitManifest;
  return { manifest, sides: (part, allocate) => readBytes(artifacts, manifest.parts[part]!.digest, allocate) };
}

/** Rows on each side, by its code. */
export function countSides(sides: Uint8Array): readonly number[] {
  const counts = SIDES.map(() => 0);
  for (const side of sides) counts[side]!++;
  return counts;
}

/** What became of each row: on a used side, or left out and why. */
export function ledgerOf(rowsIn: number, rows: Readonly<Record<Side, number>>): Ledger {
  return {
    rowsIn,
    rowsOut: USED_SIDES.reduce((sum, side) => sum + rows[side], 0),
    dropped: SIDES.slice(USED_SIDES.length).flatMap((side) => (rows[side] > 0 ? [{ reason: side, rows: rows[side] }] : [])),
  };
}

/** The parts that have rows on a side. */
export function partsOn({ parts }: SplitManifest, side: Side): readonly number[] {
  return [...parts.keys()].filter((part) => parts[part]!.rows[sideCode(side)]! > 0);
}

/** Row numbers of a part that are on a side; null where all are, so that nothing need be copied. */
export function rowsOn(sides: Uint8Array, code: number): Int32Array | null {
  let count = 0;
  for (let i = 0; i < sides.length; i++) if (sides[i] === code) count++;
  if (count === sides.length) return null;
  const rows = new Int32Array(count);
  for (let i = 0, next = 0; i < sides.length; i++) if (sides[i] === code) rows[next++] = i;
  return rows;
}
