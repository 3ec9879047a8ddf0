import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Columns } from "../../contracts/resolved.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { numbered } from "../data/numbered.js";
import { countSides, ledgerOf, SIDES, sideCode, USED_SIDES, type Side } from "../data/sides.js";
import { columnRule } from "./column.js";
import { dealParts, type PartOfRows } from "./cross-validation.js";
import { hashRule } from "./hash.js";
import { labelledSides } from "./labels.js";
import { randomRule } from "./random.js";
import type { Assignment, SplitRule, SplitRuleContext } from "./rule.js";
import { strataColumn } from "./strata-column.js";
import { timeRule } from "./time.js";

/** What splits: a rule, what takes rows without a label off their sides, and what counts. */
interface Splitter {
  rule(context: SplitRuleContext): SplitRule;
  readonly label: typeof labelledSides;
  readonly ledger: typeof ledgerOf;
}

type RuleName = "time" | "hash" | "random" | "column";
type Row = { readonly id: string; readonly at: string | null; readonly who: string | null; readonly y: number | null; readonly part: string | null };

interface Case {
  readonly rows: readonly Row[];
  readonly context: SplitRuleContext;
  /** Where the rows are cut into parts. */
  readonly cuts: readonly number[];
}

const FIELDS = [field("id", "string"), field("at", "timestamp"), field("who", "string"), field("y", "float64"), field("part", "string")];
const NONE: Columns = { key: null, time: null, target: null, weight: null, group: null, positive: null, horizon: null, ignore: [], pii: [], types: {}, rest: "use", task: null };
const DAY = 86_400_000;
const START = Date.UTC(2001, 0, 1);
const DAYS = 200;
const iso = (day: number) => new Date(START + day * DAY).toISOString();

/** Parts as frames of their own, as they are read: each with its own dictionaries. */
function partsOf(rows: readonly Row[], cuts: readonly number[]): readonly { readonly frame: Frame; readonly firstRow: number }[] {
  const bounds = [0, ...cuts.filter((cut) => cut <= rows.length).toSorted((left, right) => left - right), rows.length];
  return bounds.slice(1).map((end, index) => ({ frame: fromRows(FIELDS, rows.slice(bounds[index]!, end)), firstRow: bounds[index]! }));
}

/** The side of each row, as the step has it; null where the rule refuses the rows. */
async function sidesOf({ rule, label }: Splitter, { rows, context, cuts }: Case): Promise<readonly number[] | null> {
  const parts = partsOf(rows, cuts);
  const pass = async <Result>(fold: Fold<Result>) => fold.finish(parts.reduce((partial, { frame, firstRow }) => fold.add(partial, numbered(frame, firstRow)), fold.start()));
  try {
    const { assign } = await rule(context)(pass);
    const labelled = await label(context.columns, pass);
    return parts.flatMap(({ frame, firstRow }) => [...labelled(frame, assign(frame, firstRow))]);
  } catch (error) {
    if (MillraceError.is(error) && (error.code === "SPLIT_GROUP_SIDES" || error.code === "SPLIT_WINDOW")) return null;
    throw error;
  }
}

const isUsed = (side: number | undefined) => side !== undefined && side < USED_SIDES.length;

function requireOneSide(rows: readonly Row[], sides: readonly number[], nameOf: (row: Row) => string): void {
  const homes = new Map<string, number>();
  rows.forEach((row, index) => {
    if (!isUsed(sides[index])) return;
    const name = nameOf(row);
    expect(homes.get(name) ?? sides[index], `the sides of "${name}"`).toBe(sides[index]);
    homes.set(name, sides[index]!);
  });
}

/** The moment a duration after another: what the rules compute backwards. A day that a month lacks becomes its last. */
function after(ms: number, duration: string): number {
  if (!duration.endsWith("mo")) return ms + Number.parseInt(duration, 10) * (duration.endsWith("d") ? DAY : 3_600_000);
  const from = new Date(ms);
  const month = from.getUTCMonth() + Number.parseInt(duration, 10);
  const last = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), last)) + (ms % DAY);
}

type Check = (splitter: Splitter, one: Case) => Promise<void>;

const LAWS = {
  async "no group is on two sides"(splitter, one) {
    const sides = await sidesOf(splitter, one);
    if (sides !== null && one.context.columns.group !== null) requireOneSide(one.rows, sides, ({ who }) => who ?? "(missing)");
  },
  async "no key is on two sides"(splitter, one) {
    const sides = await sidesOf(splitter, one);
    // A group, where there is one, decides for its keys.
    if (sides !== null && one.context.columns.key !== null && one.context.columns.group === null) requireOneSide(one.rows, sides, ({ id }) => id);
  },
  async "no label window reaches past the gap"(splitter, one) {
    const sides = await sidesOf(splitter, one);
    if (sides === null) return;
    const { columns, with: options } = one.context;
    const times = one.rows.map(({ at }) => (at === null ? NaN : Date.parse(at)));
    const firstOf = (isThere: (side: number) => boolean) => Math.min(...times.filter((_, row) => isThere(sides[row]!)));
    const gap = (options["gap"] as string | null) ?? columns.horizon;
    const known = Math.max(...times.filter((ms) => !Number.isNaN(ms)));
    times.forEach((ms, row) => {
      const side = sides[row]!;
      if (!isUsed(side)) return;
      // The codes of the sides are in the order of time.
      if (gap !== null && "gap" in options) expect(after(ms, gap)).toBeLessThan(firstOf((other) => isUsed(other) && other > side));
      if (columns.horizon !== null && columns.target !== null && !Number.isNaN(ms)) expect(after(ms, columns.horizon)).toBeLessThanOrEqual(known);
    });
  },
  async "the ledger sums up"(splitter, one) {
    const sides = await sidesOf(splitter, one);
    if (sides === null) return;
    const counts = countSides(Uint8Array.from(sides));
    const { rowsIn, rowsOut, dropped } = splitter.ledger(one.rows.length, Object.fromEntries(SIDES.map((side, code) => [side, counts[code]!])) as Record<Side, number>);
    expect(rowsIn).toBe(one.rows.length);
    expect(rowsOut + dropped.reduce((sum, { rows }) => sum + rows, 0)).toBe(rowsIn);
    // A reason is told once, and only a row without a label lacks one.
    expect(new Set(dropped.map(({ reason }) => reason)).size).toBe(dropped.length);
    if (one.context.columns.target !== null) one.rows.forEach(({ y }, row) => expect(isUsed(sides[row]) && y === null).toBe(false));
  },
  async "any cut of the rows into parts gives the same sides"(splitter, one) {
    expect(await sidesOf(splitter, one)).toEqual(await sidesOf(splitter, { ...one, cuts: [] }));
  },
} satisfies Record<string, Check>;

type LawName = keyof typeof LAWS;

const share = fc.constantFrom(0, 0.1, 0.25, 0.4);
const duration = fc.constantFrom("36h", "10d", "30d", "1mo");
const days = fc.integer({ min: 0, max: DAYS });
const explicit = (from: number, to: number) => ({ from: iso(from), to: iso(to) });
const windows = fc.oneof(
  fc.record({ test: fc.constantFrom("20d", "1mo"), validation: fc.constantFrom("20d", "1mo", "0d") }),
  fc.tuple(days, days, days, days).map((all) => all.toSorted((left, right) => left - right)).map(([a, b, c, d]) => ({ validation: explicit(a!, b! + 1), test: explicit(Math.max(b! + 1, c!), d! + 2) })),
  fc.tuple(days, days).map((all) => all.toSorted((left, right) => left - right)).map(([a, b]) => ({ validation: explicit(a!, b! + 1), test: "20d" })),
);
const OPTIONS: Readonly<Record<RuleName, fc.Arbitrary<Readonly<Record<string, Json>>>>> = {
  time: fc.tuple(windows, fc.option(duration)).map(([all, gap]) => ({ ...all, gap, group: null })),
  hash: fc.record({ test: share, validation: share, group: fc.constant(null) }),
  random: fc.record({ test: share, validation: share, stratify: fc.constantFrom<Json>(false, true, "part") }),
  column: fc.constant({ name: "part" }),
};
const SIDE_NAMES = [...USED_SIDES, "elsewhere", null] as const;

/** Rows whose key recurs only where the rule is to keep keys together: elsewhere a key names one row, as columns.key says. */
function cases(name: RuleName): fc.Arbitrary<Case> {
  const orNull = <Value>(value: Value) => fc.constantFrom(value, null);
  const row = fc.record({ key: fc.nat(15), at: fc.option(fc.tuple(days, fc.constantFrom(0, 0, 1, DAY - 1)), { freq: 9 }), who: fc.option(fc.nat(6), { freq: 5 }), y: fc.option(fc.nat(2), { freq: 5 }), side: fc.constantFrom(...SIDE_NAMES) });
  const columns = fc.record({ time: fc.constant("at"), key: orNull("id"), group: orNull("who"), target: orNull("y"), horizon: fc.option(duration) });
  // The sides that a column names may respect the groups, or not.
  return fc.record({ rows: fc.array(row, { minLength: 1, maxLength: 60 }), columns, with: OPTIONS[name], seed: fc.nat(5), cuts: fc.array(fc.nat(60), { maxLength: 4 }), whole: fc.array(fc.constantFrom(...SIDE_NAMES), { minLength: 8, maxLength: 8 }), respects: fc.constantFrom(true, true, false) }).map((made) => ({
    rows: made.rows.map(({ key, at, who, y, side }, index) => ({
      id: name === "hash" ? `k${key}` : `k${index}`,
      // One row at least has a time.
      at: index === 0 ? iso(DAYS) : at === null ? null : new Date(START + at[0] * DAY + at[1]).toISOString(),
      who: who === null ? null : `g${who}`,
      y,
      part: made.respects ? made.whole[who ?? 7]! : side,
    })),
    context: { columns: { ...NONE, ...made.columns }, with: made.columns.group === null ? made.with : { ...made.with, ...(name === "random" ? { stratify: false } : {}) }, seed: made.seed },
    cuts: made.cuts,
  }));
}

const RULES: Readonly<Record<RuleName, Splitter["rule"]>> = { time: timeRule, hash: hashRule, random: randomRule, column: columnRule };
const NAMES = Object.keys(RULES) as RuleName[];
const honest = (name: RuleName): Splitter => ({ rule: RULES[name], label: labelledSides, ledger: ledgerOf });
const lawsOf = Object.entries(LAWS) as [LawName, Check][];
const property = (law: Check, splitter: Splitter, name: RuleName) => fc.asyncProperty(cases(name), (one) => law(splitter, one));

describe.each(NAMES)("a split by %s", (name) => {
  it.each(lawsOf)("%s", async (_, law) => {
    await fc.assert(property(law, honest(name), name), { numRuns: 200 });
  });

  it("refuses few of these rows", async () => {
    const made = await Promise.all(fc.sample(cases(name), { numRuns: 100, seed: 1 }).map((one) => sidesOf(honest(name), one)));
    expect(made.filter((sides) => sides !== null).length).toBeGreaterThan(50);
  });
});

const without = (rule: Splitter["rule"], changed: Partial<Columns>): Splitter["rule"] => (context) => rule({ ...context, columns: { ...context.columns, ...changed } });
const assigning = (rule: Splitter["rule"], change: (found: Assignment, context: SplitRuleContext) => Assignment["assign"]): Splitter["rule"] => (context) => async (pass) => {
  const found = await rule(context)(pass);
  return { ...found, assign: change(found, context) };
};
/** Looks at the first part only. */
const hasty = (rule: Splitter["rule"]): Splitter["rule"] => (context) => (pass) =>
  rule(context)((fold) => pass({ ...fold, add: (partial, batch) => ((batch.column("$row") as { values: Float64Array }).values[0] === 0 ? fold.add(partial, batch) : partial) }));
/** Numbers the rows of each part from 0. */
const forgetful = (rule: Splitter["rule"]) => assigning(rule, ({ assign }) => (frame) => assign(frame, 0));
/** Gives rows in the gap back to an explicit validation. */
const gapless = assigning(timeRule, ({ assign }, { with: { validation } }) => (frame, firstRow) => {
  const times = (frame.column("at") as { values: Float64Array | BigInt64Array }).values;
  const { from, to } = validation as { from?: string; to?: string };
  return assign(frame, firstRow).map((side, row) => (side === sideCode("gap") && from !== undefined && Number(times[row]) >= Date.parse(from) && Number(times[row]) < Date.parse(to!) ? sideCode("validation") : side));
});
/** Leaves rows without a side out. */
const losing = (rule: Splitter["rule"]) => assigning(rule, ({ assign }) => (frame, firstRow) => assign(frame, firstRow).filter((side) => side < USED_SIDES.length));

const PLANTED: readonly (readonly [what: string, law: LawName, name: RuleName, wrong: Partial<Splitter>])[] = [
  ...NAMES.map((name) => ["draws rows where there are groups", "no group is on two sides", name, { rule: without(RULES[name], { group: null }) }] as const),
  ["hashes the row number", "no key is on two sides", "hash", { rule: without(hashRule, { key: null }) }],
  ["leaves no gap", "no label window reaches past the gap", "time", { rule: (context) => timeRule({ ...context, columns: { ...context.columns, horizon: null }, with: { ...context.with, gap: null } }) }],
  ["leaves no gap after an explicit validation", "no label window reaches past the gap", "time", { rule: gapless }],
  ...NAMES.map((name) => ["uses labels that are not ripe", "no label window reaches past the gap", name, { label: (columns, pass) => labelledSides({ ...columns, horizon: null }, pass) } satisfies Partial<Splitter>] as const),
  ["does not count the gap", "the ledger sums up", "time", { ledger: (rowsIn, rows) => ledgerOf(rowsIn, { ...rows, gap: 0 }) }],
  ["counts a row twice", "the ledger sums up", "hash", { ledger: (rowsIn, rows) => ledgerOf(rowsIn, { ...rows, test: rows.test + rows["no label"] }) }],
  ["uses rows without a label", "the ledger sums up", "random", { label: async () => (_, sides) => sides }],
  ["leaves rows out", "the ledger sums up", "column", { rule: losing(columnRule) }],
  ["numbers the rows of each part", "any cut of the rows into parts gives the same sides", "hash", { rule: forgetful(hashRule) }],
  ["numbers the rows of each part", "any cut of the rows into parts gives the same sides", "random", { rule: forgetful(randomRule) }],
  ["looks at the first part only", "any cut of the rows into parts gives the same sides", "column", { rule: hasty(columnRule) }],
  ["looks at the first part only, which has the last moment", "any cut of the rows into parts gives the same sides", "time", { rule: hasty(timeRule) }],
];

describe("a wrong split is caught", () => {
  it.each(PLANTED)("%s: %s, by %s", async (_, law, name, wrong) => {
    const { errorInstance } = await fc.check(property(LAWS[law], { ...honest(name), ...wrong }, name), { numRuns: 400, seed: 1 });
    expect(errorInstance).toMatchObject({ name: "AssertionError" });
  });

  it("for each law", () => {
    expect(new Set(PLANTED.map(([, law]) => law))).toEqual(new Set(Object.keys(LAWS)));
  });
});

describe("cross-validation", () => {
  type Parted = typeof dealParts;

  /** Of each row the parts whose test it is, after a split that leaves some rows to train on; null where there are fewer groups, keys or rows than parts. */
  async function testedBy(one: Case, parts: number, parted: Parted = dealParts): Promise<readonly (readonly number[])[] | null> {
    const { columns: { group, key, target }, with: options, seed } = one.context;
    const stratify = strataColumn(options, target);
    const sides = (await sidesOf(honest("random"), one))!;
    const all = partsOf(one.rows, one.cuts).map(({ frame, firstRow }) => [frame, firstRow, Uint8Array.from(sides.slice(firstRow, firstRow + frame.length))] as const);
    const sidesOfPart = (part: number) => {
      const made = parted({ parts, part, seed, group, key, ...(stratify === null ? {} : { stratify }) });
      for (const rows of all) made.add(...rows);
      const found = made.finish();
      return all.flatMap((rows) => [...found(...rows)]);
    };
    try {
      const byPart = Array.from({ length: parts }, (_, part) => sidesOfPart(part));
      return one.rows.map((_, row) => byPart.flatMap((found, part) => (found[row] === sideCode("test") ? [part] : [])));
    } catch (error) {
      if (MillraceError.is(error, "SPLIT_PARTS")) return null;
      throw error;
    }
  }

  /** How many of each part there are in a list of parts, from the most to the fewest. */
  const spread = (found: readonly number[], parts: number) => {
    const sizes = Array.from({ length: parts }, (_, part) => found.filter((one) => one === part).length);
    return Math.max(...sizes) - Math.min(...sizes);
  };

  const laws = (parted?: Parted) =>
    fc.asyncProperty(cases("random"), fc.integer({ min: 2, max: 6 }), async (one, parts) => {
      const sides = (await sidesOf(honest("random"), one))!;
      const tested = await testedBy(one, parts, parted);
      const { columns: { group, key, target }, with: options } = one.context;
      const nameOf = ({ who, id }: Row, row: number) => (group !== null ? String(who) : key !== null ? id : String(row));
      const names = new Set(one.rows.flatMap((row, index) => (sides[index] === sideCode("train") ? [nameOf(row, index)] : [])));
      expect(tested === null).toBe(names.size < parts);
      if (tested === null) return;
      tested.forEach((found, row) => expect(found).toHaveLength(sides[row] === sideCode("train") ? 1 : 0));
      const homes = new Map<string, number>();
      one.rows.forEach((row, index) => {
        const [part] = tested[index]!;
        if (part === undefined) return;
        expect(homes.get(nameOf(row, index)) ?? part).toBe(part);
        homes.set(nameOf(row, index), part);
      });
      expect(spread([...homes.values()], parts)).toBeLessThanOrEqual(1);
      const stratify = strataColumn(options, target) as "y" | "part" | null;
      // Keys of these cases have one row each, and groups no strata.
      if (stratify !== null && group === null)
        for (const stratum of new Set(one.rows.map((row) => row[stratify]))) expect(spread(one.rows.flatMap((row, index) => (row[stratify] === stratum ? tested[index]! : [])), parts)).toBeLessThanOrEqual(1);
      expect(await testedBy({ ...one, cuts: [] }, parts, parted)).toEqual(tested);
    });

  it("tests each training row once, keeps groups and keys in one part, and deals them and each stratum out evenly, however the rows are cut", async () => {
    await fc.assert(laws(), { numRuns: 200 });
  });

  const changing = (change: (options: PartOfRows) => PartOfRows): Parted => (options) => dealParts(change(options));

  it.each<[string, Parted]>([
    ["divides groups", changing((options) => ({ ...options, group: null, key: null }))],
    ["knows no strata", changing(({ stratify: _, ...options }) => options)],
    ["leaves parts empty", (options) => ({ ...dealParts({ ...options, parts: 2, part: Math.min(options.part, 1) }), ...(options.part > 1 ? { finish: () => (_, __, sides) => sides.map(() => sideCode("named by no side")) } : {}) })],
    ["numbers the rows of each part", (options) => {
      const { add, finish } = dealParts(options);
      return { add: (frame, _, sides) => add(frame, 0, sides), finish: () => { const found = finish(); return (frame, _, sides) => found(frame, 0, sides); } };
    }],
    ["tests other rows too", (options) => {
      const { add, finish } = dealParts(options);
      const all = (sides: Uint8Array) => sides.map(() => sideCode("train"));
      return { add: (frame, firstRow, sides) => add(frame, firstRow, all(sides)), finish: () => { const found = finish(); return (frame, firstRow, sides) => found(frame, firstRow, all(sides)); } };
    }],
  ])("is caught where it %s", async (_, wrong) => {
    const { errorInstance } = await fc.check(laws(wrong), { numRuns: 300, seed: 1 });
    expect(errorInstance).toMatchObject({ name: "AssertionError" });
  });

  const row = (id: string, y: number): Row => ({ id, at: null, who: null, y, part: null });
  const ofAll = (rows: readonly Row[], stratify: Json, key: string | null): Case => ({ rows, context: { columns: { ...NONE, target: "y", key }, with: { test: 0, validation: 0, stratify }, seed: 3 }, cuts: [] });

  it("has of 8 positive rows at least one in each of 5 parts", async () => {
    const rows = Array.from({ length: 300 }, (_, index) => row(`k${index}`, index % 40 === 7 ? 1 : 0));
    const tested = (await testedBy(ofAll(rows, true, null), 5))!;
    expect(rows.filter(({ y }) => y === 1)).toHaveLength(8);
    expect(new Set(rows.flatMap(({ y }, index) => (y === 1 ? tested[index]! : []))).size).toBe(5);
  });

  it("takes a key with rows of several strata for one of the rarest", async () => {
    // Twenty keys of three rows each; five of them have one row of class 1.
    const rows = Array.from({ length: 60 }, (_, index) => row(`k${index % 20}`, index < 20 && index % 4 === 0 ? 1 : 0));
    const tested = (await testedBy(ofAll(rows, true, "id"), 5))!;
    expect(new Set(rows.flatMap(({ y }, index) => (y === 1 ? tested[index]! : []))).size).toBe(5);
    rows.forEach((_, index) => expect(tested[index]).toEqual(tested[index % 20]));
  });

  it("says how many parts there may be", () => {
    const refusal = (rows: readonly Row[], more: Partial<PartOfRows>) => {
      const made = dealParts({ parts: 8, part: 0, seed: 0, group: null, key: null, ...more });
      made.add(fromRows(FIELDS, rows), 0, Uint8Array.from(rows, () => sideCode("train")));
      try {
        made.finish();
        return null;
      } catch (error) {
        return error;
      }
    };
    const two = Array.from({ length: 50 }, (_, index): Row => ({ ...row(`k${index}`, 0), who: `g${index % 2}` }));
    expect(refusal(two, { group: "who" })).toMatchObject({ code: "SPLIT_PARTS", message: 'split.with.parts is 8, and the training rows have 2 different values of "who": parts of cross-validation would be empty.', mend: "Set split.with.parts to 2 or less, or read more data." });
    expect(refusal(two.slice(0, 7), {})).toMatchObject({ message: "split.with.parts is 8, and the training rows have 7 rows: a part of cross-validation would be empty." });
    expect(refusal(two.slice(0, 1), {})).toMatchObject({ mend: "Leave split.with.parts out, or read more data." });
    expect(refusal(two.slice(0, 8), {})).toBeNull();
  });
});
