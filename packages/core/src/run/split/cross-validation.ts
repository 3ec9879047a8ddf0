import type { Frame } from "../../contracts/frame.js";
import type { Columns } from "../../contracts/resolved.js";
import { sideCode } from "../data/sides.js";
import { units } from "./unit-hash.js";

/** Tells the numbers of the parts from those that drew the sides: the training rows are those with great ones, and low parts would stay empty. */
const PARTS_SEED = 0x2545f491;

export interface PartOfRows extends Pick<Columns, "group" | "key"> {
  readonly parts: number;
  readonly part: number;
  readonly seed: number;
}

/** The sides of a split as one part of cross-validation has them: of the training rows the part's are the test, all others stay; no other row takes part. A group, or else a key, is in one part. */
export function crossValidationSides(frame: Frame, firstRow: number, sides: Uint8Array, { parts, part, seed, group, key }: PartOfRows): Uint8Array {
  const [train, test, out] = [sideCode("train"), sideCode("test"), sideCode("named by no side")];
  const unit = units(frame, firstRow, group ?? key, "cross-validation", seed ^ PARTS_SEED);
  return sides.map((side, row) => (side !== train ? out : Math.floor(unit[row]! * parts) === part ? test : train));
}
