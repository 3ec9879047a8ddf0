import type { Frame } from "../../contracts/frame.js";
import type { Columns } from "../../contracts/resolved.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { sideCode } from "../data/sides.js";
import { strata } from "./strata.js";
import { units } from "./unit-hash.js";

/** Tells the numbers of the parts from those that drew the sides: the training rows are those with great ones. */
const PARTS_SEED = 0x2545f491;

export interface PartOfRows extends Pick<Columns, "group" | "key"> {
  readonly parts: number;
  readonly part: number;
  readonly seed: number;
  /** Column whose values each part has its share of; left out: none. */
  readonly stratify?: string;
}

/** The sides of the split that is cross-validated, as one part of it has them. */
export type SidesOfPart = (frame: Frame, firstRow: number, sides: Uint8Array) => Uint8Array;

/** Looks at all rows once before it tells their sides. */
export interface PartsOfRows {
  add(frame: Frame, firstRow: number, sides: Uint8Array): void;
  /** Throws SPLIT_PARTS where there are fewer groups, keys or rows than parts. */
  finish(): SidesOfPart;
}

/**
 * The sides of a split as one part of cross-validation has them: of the training rows the part's are the test, all others stay; no other row takes
 * part. A group, or else a key, is in one part, and the numbers of these differ by one at most among the parts; so they do in each stratum, as in
 * scikit-learn's StratifiedKFold. A key with rows of several strata counts as one of the rarest of them.
 */
export function dealParts(options: PartOfRows): PartsOfRows {
  const { part, seed, group, key, stratify = null } = options;
  const [train, test, out] = [sideCode("train"), sideCode("test"), sideCode("named by no side")];
  const unitsOf = (frame: Frame, firstRow: number) => units(frame, firstRow, group ?? key, "cross-validation", seed ^ PARTS_SEED);
  const found = new Map<string, Float64Array[]>();
  return {
    add(frame, firstRow, sides) {
      const unit = unitsOf(frame, firstRow);
      const stratumOf = strata(frame, stratify);
      const chunk = new Map<string, number[]>();
      sides.forEach((side, row) => {
        if (side !== train) return;
        const stratum = stratumOf(row);
        const numbers = chunk.get(stratum);
        if (numbers === undefined) chunk.set(stratum, [unit[row]!]);
        else numbers.push(unit[row]!);
      });
      for (const [stratum, numbers] of chunk) {
        const chunks = found.get(stratum);
        if (chunks === undefined) found.set(stratum, [Float64Array.from(numbers)]);
        else chunks.push(Float64Array.from(numbers));
      }
    },
    finish() {
      const partOf = dealt(found, options);
      return (frame, firstRow, sides) => {
        const unit = unitsOf(frame, firstRow);
        const stratumOf = strata(frame, stratify);
        return sides.map((side, row) => (side !== train ? out : partOf(unit[row]!, stratumOf(row)) === part ? test : train));
      };
    },
  };
}

/** Deals the units out one by one, each stratum going on where the one before it has ended. */
function dealt(found: ReadonlyMap<string, readonly Float64Array[]>, options: PartOfRows): (unit: number, stratum: string) => number {
  const byName = new Map([...found].map(([stratum, chunks]) => [stratum, distinct(chunks)] as const).sort(([left], [right]) => (left < right ? -1 : 1)));
  // Rows have a number each, so that none is in two strata.
  const homes: ReadonlyMap<number, string> = options.group === null && options.key === null ? new Map() : homesOf(byName);
  const places = new Map<string, { readonly first: number; readonly units: Float64Array }>();
  let first = 0;
  for (const [stratum, all] of byName) {
    const own = homes.size === 0 ? all : all.filter((unit) => (homes.get(unit) ?? stratum) === stratum);
    places.set(stratum, { first, units: own });
    first += own.length;
  }
  if (first < options.parts) throw fewerThanParts(first, options);
  return (unit, stratum) => {
    const place = places.get(homes.get(unit) ?? stratum)!;
    return (place.first + rankOf(unit, place.units)) % options.parts;
  };
}

function distinct(chunks: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(chunks.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all.sort().filter((unit, index) => unit !== all[index - 1]);
}

/** The strata of the units that are in several: the rarest one, by name where two are. */
function homesOf(byName: ReadonlyMap<string, Float64Array>): ReadonlyMap<number, string> {
  const homes = new Map<number, string>();
  if (byName.size < 2) return homes;
  const all = distinct([...byName.values()]);
  const owners = new Int32Array(all.length).fill(-1);
  const rarestFirst = [...byName].sort(([, left], [, right]) => left.length - right.length);
  rarestFirst.forEach(([, own], stratum) => {
    for (const unit of own) {
      const at = rankOf(unit, all);
      if (owners[at] === -1) owners[at] = stratum;
      else homes.set(unit, rarestFirst[owners[at]!]![0]);
    }
  });
  return homes;
}

/** Where a unit stands in an ascending list, or would. */
function rankOf(unit: number, ascending: Float64Array): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ascending[middle]! < unit) from = middle + 1;
    else to = middle;
  }
  return from;
}

function fewerThanParts(count: number, { parts, group, key }: PartOfRows): MillraceError {
  const column = group ?? key;
  const what = column === null ? `${count} row${count === 1 ? "" : "s"}` : `${count} different value${count === 1 ? "" : "s"} of "${column}"`;
  return new MillraceError({
    code: "SPLIT_PARTS",
    message: `split.with.parts is ${parts}, and the training rows have ${what}: ${parts - count === 1 ? "a part" : "parts"} of cross-validation would be empty.`,
    mend: `${count < 2 ? "Leave split.with.parts out" : `Set split.with.parts to ${count} or less`}, or read more data.`,
    facts: { parts, ...(column === null ? {} : { column }) },
  });
}
