import type { Check, Finding } from "../../contracts/check.js";
import type { Column, Field, Frame } from "../../contracts/frame.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { field } from "../../frame/frame.js";
import { seeded } from "../../frame/random.js";
import { slice, withColumn } from "../../frame/take.js";
import { difference } from "../difference.js";
import { foldLaws } from "../fold/fold-laws.js";
import type { Law } from "../law.js";

/** Rows that break an expectation. */
export interface Planted {
  readonly frame: Frame;
  /** What the finding's `rows` must be. */
  readonly rows: number;
  /** Indices in the frame of the rows that are examples, in order; the first ten are asked for. */
  readonly examples: readonly number[];
}

export interface CheckCase {
  create(): Check;
  /** The raw columns. Frames of the case may hold `$part` and `$target` besides; `$row` is added. */
  readonly fields: readonly Field[];
  /** Columns of `fields` that the check cannot do without. */
  readonly needs: readonly string[];
  /** Rows that keep the expectation. */
  clean(rows: number, random: () => number): Frame;
  /** At least 60 rows, some of which break it. */
  broken(random: () => number): Planted;
}

const SEEDS = [1, 2, 3, 4, 5];

/** What every check does, beside being a fold. */
export const checkLaws: readonly Law<CheckCase>[] = [
  ...foldLaws.map((law) => ({
    name: law.name,
    check: ({ create, fields, broken }: CheckCase) => law.check({ fields: [], create: () => create().fold(fields, candidatesOf(fields)), frame: (rows, random) => slice(numbered(broken(random).frame, 0), 0, rows) }),
  })),
  {
    name: "clean rows give no findings",
    check: ({ create, fields, clean }) => forSeeds((random) => differenceOf(findingsOf(create(), fields, [numbered(clean(100, random), 0)]), [])),
  },
  {
    name: "a broken expectation gives one finding, with its count of rows",
    check: ({ create, fields, broken }) =>
      forSeeds((random) => {
        const { frame, rows } = broken(random);
        const findings = findingsOf(create(), fields, [numbered(frame, 0)]);
        if (findings.length !== 1) return `${findings.length} findings: ${JSON.stringify(findings)}`;
        return findings[0]!.rows === rows ? null : `${findings[0]!.rows} rows are told, ${rows} are broken`;
      }),
  },
  {
    name: "examples are the first ten broken rows, by their numbers in read order, wherever the rows were cut",
    check: ({ create, fields, broken }) =>
      forSeeds((random) => {
        const { frame, examples } = broken(random);
        const whole = numbered(frame, 5000);
        const fold = create().fold(fields, candidatesOf(fields));
        const halves = [slice(whole, 0, frame.length >> 1), slice(whole, frame.length >> 1, frame.length)].map((half) => fold.add(fold.start(), half));
        const findings = fold.finish(halves.reduce((left, right) => fold.merge(left, right)));
        return difference(findings[0]?.examples.map(({ row }) => row) ?? null, examples.slice(0, 10).map((row) => 5000 + row));
      }),
  },
  {
    name: "a column that is not there is refused by name",
    check({ create, fields, needs }) {
      for (const name of needs)
        try {
          create().fold(fields.filter((one) => one.name !== name), candidatesOf(fields));
          throw new Error(`fold takes fields without column "${name}"`);
        } catch (error) {
          if (!MillraceError.is(error, "CHECK_COLUMN")) throw error;
          if (!error.message.includes(`"${name}"`)) throw new Error(`the error does not name column "${name}": ${error.message}`, { cause: error });
        }
    },
  },
  {
    name: "findings are JSON",
    check: ({ create, fields, broken }) =>
      forSeeds((random) => {
        const whole = numbered(broken(random).frame, 0);
        const findings = [...findingsOf(create(), fields, [whole]), ...findingsOf(create(), fields, [slice(whole, 0, 0)])];
        return differenceOf(JSON.parse(JSON.stringify(findings)) as Finding[], findings);
      }),
  },
];

function forSeeds(differs: (random: () => number) => string | null): void {
  for (const seed of SEEDS) {
    const found = differs(seeded(seed));
    if (found !== null) throw new Error(`${found} (seed ${seed})`);
  }
}

function findingsOf(check: Check, fields: readonly Field[], frames: readonly Frame[]): readonly Finding[] {
  const fold = check.fold(fields, candidatesOf(fields));
  return fold.finish(frames.reduce((partial, frame) => fold.add(partial, frame), fold.start()));
}

function differenceOf(found: readonly Finding[], wanted: readonly Finding[]): string | null {
  const differs = difference(found, wanted);
  return differs === null ? null : `${differs}: ${JSON.stringify(found)}`;
}

function numbered(frame: Frame, first: number): Frame {
  const column: Column = { dtype: "float64", values: Float64Array.from({ length: frame.length }, (_, row) => first + row) };
  return withColumn(frame, field("$row", "float64", { nullable: false }), column);
}

/** Every raw column may be learnt from. */
function candidatesOf(fields: readonly Field[]): readonly string[] {
  return fields.map(({ name }) => name).filter((name) => !name.startsWith("$"));
}
