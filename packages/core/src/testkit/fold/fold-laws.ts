import { array, assert, integer, nat, property, record } from "fast-check";
import type { Fold } from "../../contracts/fold.js";
import type { Column, Field, Frame } from "../../contracts/frame.js";
import { decode, encode } from "../../fold/encode.js";
import { createFrame } from "../../frame/frame.js";
import { seeded } from "../../frame/random.js";
import { slice } from "../../frame/take.js";
import { difference } from "../difference.js";
import type { Law } from "../law.js";
import { randomFrame } from "../random-frame.js";

export interface FoldCase<Result = unknown> {
  /** Columns of the frames that the fold reads. */
  readonly fields: readonly Field[];
  create(): Fold<Result>;
  /** Relative difference allowed between partitions. Default 0: exact. */
  readonly tolerance?: number;
  /** Rows to fold, where random ones of `fields` would not do. */
  frame?(rows: number, random: () => number): Frame;
}

/** What every fold does: any partition of the rows gives the same result, and a partial can travel. */
export const foldLaws: readonly Law<FoldCase>[] = [
  {
    name: "batches of any size give the same result",
    check: (subject) =>
      forAll(subject, (fold, parts, whole) => {
        let partial = fold.start();
        for (const part of parts) partial = fold.add(partial, part);
        return difference(fold.finish(partial), resultOf(fold, [whole]), subject.tolerance);
      }),
  },
  {
    name: "partials merge from left to right",
    check: (subject) =>
      forAll(subject, (fold, parts, whole) => {
        const merged = parts.map((part) => partialOf(fold, part)).reduce((left, right) => fold.merge(left, right), fold.start());
        return difference(fold.finish(merged), resultOf(fold, [whole]), subject.tolerance);
      }),
  },
  {
    name: "partials merge in any grouping",
    check: (subject) =>
      forAll(subject, (fold, parts, whole) => {
        const merged = parts.map((part) => partialOf(fold, part)).reduceRight((right, left) => fold.merge(left, right), fold.start());
        return difference(fold.finish(merged), resultOf(fold, [whole]), subject.tolerance);
      }),
  },
  {
    name: "an empty batch changes nothing",
    check: (subject) =>
      forAll(subject, (fold, parts, whole) => {
        const empty = slice(whole, 0, 0);
        return difference(resultOf(fold, [empty]), fold.finish(fold.start()), 0) ?? difference(resultOf(fold, [empty, ...parts.flatMap((part) => [part, empty])]), resultOf(fold, parts), 0);
      }),
  },
  {
    name: "a partial travels as bytes",
    check: (subject) =>
      forAll(subject, (fold, parts, whole) => {
        const here = parts.map((part) => partialOf(fold, part)).reduce((left, right) => fold.merge(left, right), fold.start());
        const there = parts.map((part) => decode(encode(partialOf(fold, part)))).reduce((left, right) => decode(encode(fold.merge(left, right))), decode(encode(fold.start())));
        const partial = partialOf(fold, whole);
        return difference(fold.finish(there), fold.finish(here), 0) ?? difference(decode(encode(partial)), partial, 0);
      }),
  },
  {
    name: "a partial keeps nothing of its batch",
    check: (subject) =>
      forAll(subject, (fold, parts) => {
        let partial = fold.start();
        for (const part of parts) {
          const columns = part.fields.map(({ name }) => structuredClone(part.column(name)));
          partial = fold.add(partial, createFrame(part.fields, columns, part.length));
          for (const column of columns) overwrite(column);
        }
        return difference(fold.finish(partial), resultOf(fold, parts), 0);
      }),
  },
  {
    name: "finish leaves the partial as it was",
    check: (subject) =>
      forAll(subject, (fold, _parts, whole) => {
        const partial = partialOf(fold, whole);
        const before = encode(partial);
        const first = fold.finish(partial);
        if (Buffer.compare(before, encode(partial)) !== 0) return "finish changed the partial";
        return difference(fold.finish(partial), first, 0);
      }),
  },
  {
    name: "every start is a fresh one",
    check: (subject) =>
      forAll(subject, (fold, _parts, whole) => {
        const before = encode(fold.start());
        fold.add(fold.start(), whole);
        return Buffer.compare(before, encode(fold.start())) === 0 ? null : "adding to one partial changed the next start";
      }),
  },
];

/** Random rows (one at least), and a random way to cut them into parts that are not empty. */
function forAll(subject: FoldCase, differs: (fold: Fold<unknown>, parts: readonly Frame[], whole: Frame) => string | null): void {
  const shape = record({ rows: integer({ min: 1, max: 60 }), seed: integer(), cuts: array(nat({ max: 60 }), { maxLength: 5 }) });
  assert(
    property(shape, ({ rows, seed, cuts }) => {
      const random = seeded(seed);
      const whole = subject.frame?.(rows, random) ?? randomFrame(subject.fields, rows, random);
      const ends = [...new Set([0, rows, ...cuts.map((cut) => Math.min(cut, rows))])].sort((left, right) => left - right);
      const found = differs(subject.create(), ends.slice(1).map((end, index) => slice(whole, ends[index]!, end)), whole);
      if (found !== null) throw new Error(found);
    }),
    { seed: 1, numRuns: 60 },
  );
}

function partialOf(fold: Fold<unknown>, batch: Frame): unknown {
  return fold.add(fold.start(), batch);
}

function resultOf(fold: Fold<unknown>, batches: readonly Frame[]): unknown {
  return fold.finish(batches.reduce((partial, batch) => fold.add(partial, batch), fold.start()));
}

/** As memory is when the next batch has been read into it. */
function overwrite(column: Column): void {
  for (const array of Object.values<unknown>(column).flat()) if (ArrayBuffer.isView(array)) new Uint8Array(array.buffer, array.byteOffset, array.byteLength).fill(0);
}
