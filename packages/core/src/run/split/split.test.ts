import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import type { Columns } from "../../contracts/resolved.js";
import { maskedError } from "../../errors/masked.js";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { slice } from "../../frame/take.js";
import { numbered } from "../data/numbered.js";
import { SIDES } from "../data/sides.js";
import { columnRule } from "./column.js";
import { hashRule } from "./hash.js";
import { labelledSides } from "./labels.js";
import { randomRule } from "./random.js";
import type { SplitRule } from "./rule.js";
import { timeRule } from "./time.js";

const NONE: Columns = { key: null, time: null, target: null, weight: null, group: null, positive: null, horizon: null, ignore: [], pii: [], types: {}, rest: "use", task: null };

afterEach(() => {
  vi.unstubAllEnvs();
});

const passOver = (frame: Frame) => async <Result>(fold: Fold<Result>) => fold.finish(fold.add(fold.start(), numbered(frame, 0)));

async function sidesOf(rule: SplitRule, frame: Frame): Promise<readonly string[]> {
  const { assign } = await rule(passOver(frame));
  return [...assign(frame, 0)].map((side) => SIDES[side]!);
}

const at = (...dates: readonly string[]) => fromRows([field("at", "timestamp"), field("who", "string")], dates.map((date, row) => ({ at: date, who: `p${row % 3}` })));

describe("a split by time", () => {
  it("counts calendar windows back from the greatest time, open on the left", async () => {
    const frame = at("2001-07-01T00:00:00Z", "2001-06-01T00:00:00.001Z", "2001-06-01T00:00:00Z", "2001-05-01T00:00:00.001Z", "2001-05-01T00:00:00Z");
    const rule = timeRule({ columns: { ...NONE, time: "at" }, with: { test: "1mo", validation: "1mo" }, seed: 0 });
    expect(await sidesOf(rule, frame)).toEqual(["test", "test", "validation", "validation", "train"]);
  });

  it("leaves the gap before each window out, by default the label's horizon", async () => {
    const frame = at("2001-07-01", "2001-06-25", "2001-06-15", "2001-05-30", "2001-05-10", "2001-04-01");
    const rule = timeRule({ columns: { ...NONE, time: "at", horizon: "10d" }, with: { test: "10d", validation: "20d" }, seed: 0 });
    expect(await sidesOf(rule, frame)).toEqual(["test", "test", "gap", "validation", "train", "train"]);
  });

  it("takes explicit windows, closed on the left", async () => {
    const frame = at("2001-01-01", "2001-02-01", "2001-03-01", "2001-04-01");
    const rule = timeRule({ columns: { ...NONE, time: "at" }, with: { validation: { from: "2001-02-01", to: "2001-03-01" }, test: { from: "2001-03-01", to: "2001-04-01" } }, seed: 0 });
    expect(await sidesOf(rule, frame)).toEqual(["train", "validation", "test", "named by no side"]);
  });

  it("takes the ends of windows that name no zone as UTC, wherever the machine stands", async () => {
    vi.stubEnv("TZ", "America/New_York");
    const frame = at("2001-02-28T23:59:59.999Z", "2001-03-01T10:00:00Z", "2001-03-01T11:59:59.999Z", "2001-03-01T12:00:00Z");
    const rule = timeRule({ columns: { ...NONE, time: "at" }, with: { validation: { from: "2001-03-01T10:00", to: "2001-03-01T12:00" }, test: { from: "2001-03-01T12:00:00", to: "2001-03-02" } }, seed: 0 });
    expect(await sidesOf(rule, frame)).toEqual(["train", "validation", "validation", "test"]);
  });

  it("leaves the gap between an explicit validation and the test out too, whether the test is written out or counted", async () => {
    const frame = at("2001-02-15", "2001-02-20", "2001-03-01", "2001-03-21T23:59:59.999", "2001-03-22", "2001-03-31", "2001-04-01", "2001-05-01");
    const validation = { from: "2001-03-01", to: "2001-04-01" };
    const windows = [[{ from: "2001-04-01", to: "2001-06-01" }, "validation"], ["31d", "gap"]] as const;
    for (const [test, lastOf21st] of windows) {
      const rule = timeRule({ columns: { ...NONE, time: "at", horizon: "10d" }, with: { validation, test }, seed: 0 });
      expect(await sidesOf(rule, frame)).toEqual(["train", "gap", "validation", lastOf21st, "gap", "gap", "test", "test"]);
    }
  });

  it("refuses a validation that lies wholly in the gap", async () => {
    const rule = timeRule({ columns: { ...NONE, time: "at" }, with: { validation: { from: "2001-03-25", to: "2001-04-01" }, test: "31d", gap: "10d" }, seed: 0 });
    await expect(sidesOf(rule, at("2001-03-26", "2001-05-02"))).rejects.toMatchObject({ code: "SPLIT_WINDOW", message: "split: the validation, from 2001-03-25T00:00:00.000Z, lies after 2001-03-22T00:00:00.000Z, where the gap before the test begins." });
  });

  it("keeps each group on one side", async () => {
    const days = Array.from({ length: 200 }, (_, day) => new Date(Date.UTC(2001, 0, 1 + (day % 100))).toISOString());
    const frame = at(...days);
    const sides = await sidesOf(timeRule({ columns: { ...NONE, time: "at", group: "who" }, with: { test: "20d", validation: "20d" }, seed: 0 }), frame);
    for (const who of ["p0", "p1", "p2"]) {
      const own = new Set(sides.filter((side, row) => row % 3 === Number(who[1]) && SIDES.indexOf(side as never) < 3));
      expect(own.size).toBeLessThanOrEqual(1);
    }
    expect(sides).toContain("other side of its group");
  });

  it("says what is wrong with the time column", async () => {
    const text = fromRows([field("at", "string")], [{ at: "2001-01-01" }]);
    const rule = timeRule({ columns: { ...NONE, time: "at" }, with: {}, seed: 0 });
    await expect(sidesOf(rule, text)).rejects.toMatchObject({ code: "SPLIT_TIME_TYPE" });
    expect(() => timeRule({ columns: NONE, with: {}, seed: 0 })).toThrow("needs a time column");
  });
});

describe("a random split", () => {
  const frameOf = (classes: readonly string[]) => fromRows([field("y", "string")], classes.map((y) => ({ y })));
  const countsOf = (sides: readonly string[]) => Object.fromEntries(["train", "validation", "test"].map((side) => [side, sides.filter((one) => one === side).length]));

  it("has exact shares, overall or in each class", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 80 }), fc.integer({ min: 0, max: 9 }), async (classes, seed) => {
        const frame = frameOf(classes);
        const plain = countsOf(await sidesOf(randomRule({ columns: NONE, with: { test: 0.25, validation: 0.1 }, seed }), frame));
        expect(plain["test"]).toBe(Math.ceil(0.25 * classes.length));
        const stratified = await sidesOf(randomRule({ columns: { ...NONE, target: "y" }, with: { test: 0.25, validation: 0.1, stratify: true }, seed }), frame);
        for (const name of new Set(classes)) {
          const own = stratified.filter((_, row) => classes[row] === name);
          expect(own.filter((side) => side === "test")).toHaveLength(Math.ceil(0.25 * own.length));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a random split of groups", () => {
  it("draws whole groups, exact shares of them, others with another seed", async () => {
    const frame = fromRows([field("who", "string")], Array.from({ length: 200 }, (_, row) => ({ who: `p${(row * row) % 41}` })));
    const groupsOf = async (seed: number) => {
      const sides = await sidesOf(randomRule({ columns: { ...NONE, group: "who" }, with: { test: 0.25, validation: 0.1 }, seed }), frame);
      return new Map(sides.map((side, row) => [`p${(row * row) % 41}`, side]));
    };
    const [first, second] = [await groupsOf(0), await groupsOf(1)];
    const count = (side: string) => [...first.values()].filter((one) => one === side).length;
    expect([count("test"), count("validation")]).toEqual([Math.ceil(0.25 * first.size), Math.ceil(0.1 * first.size)]);
    expect(second).not.toEqual(first);
  });
});

describe("a split by hash", () => {
  it("leaves every key on its side as data grows", async () => {
    const frame = fromRows([field("id", "string")], Array.from({ length: 300 }, (_, row) => ({ id: `k${row % 150}` })));
    const rule = hashRule({ columns: { ...NONE, key: "id" }, with: { test: 0.2, validation: 0.2 }, seed: 0 });
    const whole = await sidesOf(rule, frame);
    expect(whole.slice(0, 150)).toEqual(whole.slice(150));
    expect(await sidesOf(rule, slice(frame, 0, 150))).toEqual(whole.slice(0, 150));
    expect(whole.filter((side) => side === "test").length / 300).toBeCloseTo(0.2, 1);
  });
});

describe("a split by column", () => {
  it("takes the sides that are named", async () => {
    const frame = fromRows([field("part", "string")], ["train", "test", "validation", "elsewhere", null].map((part) => ({ part })));
    expect(await sidesOf(columnRule({ columns: NONE, with: { name: "part" }, seed: 0 }), frame)).toEqual(["train", "test", "validation", "named by no side", "named by no side"]);
  });
});

describe("a split by column, with groups", () => {
  const rows = (who: string | null) => fromRows([field("part", "string"), field("who", "string")], [["train", "Ann"], ["test", "Bob"], ["elsewhere", "Ann"], ["train", who], ["test", who]].map(([part, name]) => ({ part: part!, who: name! })));
  const rule = columnRule({ columns: { ...NONE, group: "who" }, with: { name: "part" }, seed: 0 });

  it("names the group that it puts on two sides, masked where groups are personal", async () => {
    const error: unknown = await sidesOf(rule, rows("Cleo")).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "SPLIT_GROUP_SIDES", message: 'The group "Cleo" of "who" is on two sides of the split: column "part" says train and test.' });
    expect(JSON.stringify(maskedError(error, ["who"]))).not.toContain("Cleo");
    expect(maskedError(error, ["who"])).toMatchObject({ message: 'The group "(masked)" of "who" is on two sides of the split: column "part" says train and test.' });
  });

  it("counts rows without a group as one, and takes groups that are whole", async () => {
    await expect(sidesOf(rule, rows(null))).rejects.toMatchObject({ message: 'Rows without a "who", which count as one group, are on two sides of the split: column "part" says train and test.' });
    expect(await sidesOf(rule, slice(rows("Cleo"), 0, 4))).toEqual(["train", "test", "named by no side", "train"]);
  });
});

describe("labels", () => {
  it("take rows without one, and rows too young for one, off their sides", async () => {
    const frame = fromRows([field("at", "timestamp"), field("y", "float64")], [{ at: "2001-01-01", y: 1 }, { at: "2001-01-01", y: null }, { at: "2001-02-28", y: 1 }, { at: "2001-03-01", y: 0 }]);
    const label = await labelledSides({ target: "y", time: "at", horizon: "7d" }, passOver(frame));
    expect([...label(frame, new Uint8Array(4))].map((side) => SIDES[side])).toEqual(["train", "no label", "label not ripe", "label not ripe"]);
  });
});
