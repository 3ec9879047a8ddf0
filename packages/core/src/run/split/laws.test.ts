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
import { crossValidationSides } from "./cross-validation.js";
import { hashRule } from "./hash.js";
import { labelledSides } from "./labels.js";
import { randomRule } from "./random.js";
import type { Assignment, SplitRule, SplitRuleContext } from "./rule.js";
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
  /** Of each row the parts whose test it is, after a split that leaves some rows to train on. */
  async function testedBy(one: Case, parts: number, split = crossValidationSides): Promise<readonly (readonly number[])[]> {
    const { columns: { group, key }, seed } = one.context;
    const sides = (await sidesOf(honest("random"), one))!;
    const all = partsOf(one.rows, one.cuts);
    const byPart = Array.from({ length: parts }, (_, part) =>
      all.flatMap(({ frame, firstRow }) => [...split(frame, firstRow, Uint8Array.from(sides.slice(firstRow, firstRow + frame.length)), { parts, part, seed, group, key })]),
    );
    return one.rows.map((_, row) => byPart.flatMap((found, part) => (found[row] === sideCode("test") ? [part] : [])));
  }

  const laws = (split?: typeof crossValidationSides) =>
    fc.asyncProperty(cases("random"), fc.integer({ min: 2, max: 6 }), async (one, parts) => {
      const sides = (await sidesOf(honest("random"), one))!;
      const tested = await testedBy(one, parts, split);
      tested.forEach((found, row) => expect(found).toHaveLength(sides[row] === sideCode("train") ? 1 : 0));
      const { group, key } = one.context.columns;
      const homes = new Map<string, number>();
      one.rows.forEach(({ who, id }, row) => {
        const name = group !== null ? String(who) : key !== null ? id : String(row);
        if (tested[row]!.length > 0) expect(homes.get(name) ?? tested[row]![0]).toBe(tested[row]![0]);
        if (tested[row]!.length > 0) homes.set(name, tested[row]![0]!);
      });
      expect(await testedBy({ ...one, cuts: [] }, parts, split)).toEqual(tested);
    });

  it("tests each training row once, keeps groups and keys in one part, however the rows are cut", async () => {
    await fc.assert(laws(), { numRuns: 100 });
  });

  it.each<[string, typeof crossValidationSides]>([
    ["divides groups", (frame, firstRow, sides, options) => crossValidationSides(frame, firstRow, sides, { ...options, group: null, key: null })],
    ["numbers the rows of each part", (frame, _, sides, options) => crossValidationSides(frame, 0, sides, options)],
    ["tests other rows too", (frame, firstRow, sides, options) => crossValidationSides(frame, firstRow, sides.map(() => sideCode("train")), options)],
  ])("is caught where it %s", async (_, wrong) => {
    const { errorInstance } = await fc.check(laws(wrong), { numRuns: 200, seed: 1 });
    expect(errorInstance).toMatchObject({ name: "AssertionError" });
  });

  it("has parts of about one size, whatever rule drew the training rows", async () => {
    const rows = Array.from({ length: 1_000 }, (_, row): Row => ({ id: `k${row}`, at: null, who: null, y: 1, part: null }));
    const tested = await testedBy({ rows, context: { columns: NONE, with: { test: 0.2, validation: 0.2 }, seed: 3 }, cuts: [] }, 5);
    const sizes = Array.from({ length: 5 }, (_, part) => tested.filter(([found]) => found === part).length);
    for (const size of sizes) expect(Math.abs(size - 120)).toBeLessThan(40);
  });
});
