import { createFrame, field, numberColumn, seeded, slice, textColumn, type Column, type Field, type Finding, type Frame } from "@millrace/core";
import { describeCheck, describeFold, difference } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { leakageOptions } from "./leakage.options.js";
import { leakage } from "./leakage.js";

type Columns = Record<string, readonly (number | string | null)[]>;
type Target = "binary" | "multiclass" | "regression";

const ROWS = 3000;
const random = seeded(1);
const draws = Array.from({ length: ROWS }, random);
const late = draws.map((draw) => (draw < 0.2 ? 1 : 0));
const species = draws.map((draw) => Math.floor(draw * 3));
const price = draws.map((draw) => 100 * draw);
const noise = () => Array.from({ length: ROWS }, random);

describe("a planted leak is found", () => {
  it.each([
    ["the delay behind a late flight", "binary", late, late.map((y) => (y === 1 ? 15 + 100 * random() : 15 * random()))],
    ["its negative", "binary", late, late.map((y) => -y)],
    ["a text that only late flights have", "binary", late, late.map((y) => (y === 1 ? "claim" : `no ${Math.floor(random() * 3)}`))],
    ["values in the middle of a range", "binary", late, late.map((y) => (y === 1 ? 0.4 + 0.2 * random() : random() < 0.5 ? 0.4 * random() : 0.6 + 0.4 * random()))],
    ["a field that is filled in afterwards", "binary", late, late.map((y) => (y === 1 ? random() : null))],
    ["a text that is filled in afterwards", "binary", late, late.map((y) => (y === 1 ? `c${random()}` : null))],
    ["the class under another name", "multiclass", species, species.map((y) => "xyz"[y]!)],
    ["the class as a number", "multiclass", species, species.map((y) => [2, 0, 1][y]! + 0.1 * random())],
    ["the target with noise", "regression", price, price.map((y) => y + random())],
    ["the target going down", "regression", price, price.map((y) => -(y ** 3))],
    ["the target as text", "regression", price, price.map((y) => `band ${Math.floor(y / 5)}`)],
  ] as const)("%s", (_, kind, target, leak) => {
    const found = findings({ leak, noise: noise() }, kind, target);
    expect(found).toMatchObject([{ severity: "error", column: "leak", rows: 0, examples: [] }]);
  });

  it("says that it is the missing ones, where it is", () => {
    const [found] = findings({ leak: late.map((y) => (y === 1 ? 1 : null)) }, "binary", late);
    expect(found!.message).toBe('leakage: Whether column "leak" is missing alone tells the target (ROC-AUC 1.0000 on 3000 training rows): it may hold what is known only afterwards. Leave it out (columns.ignore), or name it in the check\'s ignore.');
  });

  it("warns of a strong column", () => {
    const strong = late.map((y) => y + 0.95 * (random() + random()));
    expect(findings({ strong }, "binary", late)).toMatchObject([{ severity: "warning", column: "strong" }]);
  });
});

describe("what is no leak is left alone", () => {
  it.each([
    ["a good feature", "binary", late, late.map((y) => y + 2 * random())],
    ["an id for each row", "binary", late, late.map((_, row) => `id ${row}`)],
    ["a number for each row", "binary", late, late.map((_, row) => row)],
    ["a column with few values", "binary", late, late.map((y, row) => (row < 15 ? y : null))],
    ["one class told apart", "multiclass", species, species.map((y) => (y === 2 ? 1 + random() : random()))],
    ["a correlated number", "regression", price, price.map((y) => y + 100 * random())],
    ["a column without values", "binary", late, late.map(() => null)],
  ] as const)("%s", (_, kind, target, column) => {
    expect(findings({ column }, kind, target)).toEqual([]);
  });

  it("nor are few rows, one class, or a model without a target", () => {
    expect(findings({ x: late.slice(0, 15) }, "binary", late.slice(0, 15))).toEqual([]);
    expect(findings({ x: late }, "binary", late.map(() => 1))).toEqual([]);
    const frame = createFrame([field("x", "float64"), field("$row", "float64")], [numberColumn("float64", [1]), numberColumn("float64", [0])], 1);
    const fold = leakage(leakageOptions.parse({})).fold(frame.fields, frame.fields.map(({ name }) => name).filter((name) => !name.startsWith("$")));
    expect(fold.finish(fold.add(fold.start(), frame))).toEqual([]);
  });

  it("nor is what is ignored, not named, or told by other parts only", () => {
    const leak = late.map((y, row) => (row % 2 === 0 ? y : random()));
    expect(findings({ leak: late }, "binary", late, { ignore: ["leak"] })).toEqual([]);
    expect(findings({ leak: late, x: noise() }, "binary", late, { columns: ["x"] })).toEqual([]);
    expect(findings({ leak }, "binary", late, {}, late.map((_, row) => (row % 2 === 0 ? "test" : "train")))).toEqual([]);
  });
});

describe("the sample", () => {
  const { frame, fields } = table({ leak: late.map((y) => y + 0.5 * random()), text: late.map((y) => `${y}${Math.floor(random() * 4)}`), noise: noise() }, "binary", late);
  const options = leakageOptions.parse({ sampleRows: 1000, warnFrom: 0.5, threshold: 0.98 });

  it("of any partition is the same", () => {
    const fold = leakage(options).fold(fields, fields.map(({ name }) => name).filter((name) => !name.startsWith("$")));
    const whole = fold.finish(fold.add(fold.start(), frame));
    expect(whole[0]!.message).toMatch(/ on [5-9]\d\d of 3000 training rows/);
    for (const size of [1, 700, 1500, 2999]) {
      const ends = Array.from({ length: Math.min(40, Math.ceil(ROWS / size)) }, (_, i) => [i * size, i < 39 ? Math.min(ROWS, (i + 1) * size) : ROWS] as const);
      const parts = ends.map(([from, to]) => fold.add(fold.start(), slice(frame, from, to)));
      expect(difference(fold.finish(parts.reduceRight((right, left) => fold.merge(left, right))), whole, 1e-12)).toBeNull();
    }
  });
});

describeFold({
  name: "leakage",
  fields: [],
  create: () => leakage(leakageOptions.parse({ warnFrom: 0.5 })).fold(table({ x: [1] }, "binary", [1]).fields, ["x"]),
  frame: (rows, draw) => {
    const y = Array.from({ length: rows }, () => Math.round(draw()));
    return table({ x: y.map((one) => (draw() < 0.2 ? null : one + draw())) }, "binary", y).frame;
  },
  tolerance: 1e-12,
});

// It finds columns and no rows: what is planted has neither a count nor examples.
describeCheck({
  name: "leakage",
  fields: table({ x: [1], z: ["a"] }, "binary", [1]).fields,
  needs: ["x", "z"],
  create: () => leakage(leakageOptions.parse({ columns: ["x"], ignore: ["z"] })),
  clean(rows, draw) {
    const y = Array.from({ length: rows }, () => Math.round(draw()));
    return table({ x: y.map(() => draw()), z: y.map(() => "a") }, "binary", y).frame;
  },
  broken(draw) {
    const y = Array.from({ length: 200 }, () => Math.round(draw()));
    return { frame: table({ x: y.map((one) => one + 0.5 * draw()), z: y.map(() => "a") }, "binary", y).frame, rows: 0, examples: [] };
  },
});

function findings(columns: Columns, kind: Target, target: readonly number[], options: object = {}, parts?: readonly string[]): readonly Finding[] {
  const { frame, fields } = table(columns, kind, target, parts);
  const fold = leakage(leakageOptions.parse(options)).fold(fields, fields.map(({ name }) => name).filter((name) => !name.startsWith("$")));
  return fold.finish(fold.add(fold.start(), frame));
}

function table(columns: Columns, kind: Target, target: readonly number[], parts: readonly string[] = target.map(() => "train")): { readonly frame: Frame; readonly fields: readonly Field[] } {
  const raw = frameOf(columns, target.length);
  const targetColumn: Column = kind === "multiclass" ? numberColumn("int32", target) : numberColumn("float64", target);
  const fields = [...raw.fields, field("$row", "float64"), field("$part", "string"), field("$target", targetColumn.dtype)];
  const all = [...raw.fields.map(({ name }) => raw.column(name)), numberColumn("float64", target.map((_, row) => row)), textColumn(parts), targetColumn];
  return { frame: createFrame(fields, all, target.length), fields: raw.fields };
}

function frameOf(columns: Columns, rows: number): Frame {
  const fields = Object.entries(columns).map(([name, values]) => field(name, values.some((value) => typeof value === "string") ? "string" : "float64"));
  return createFrame(fields, fields.map(({ name, dtype }) => (dtype === "string" ? textColumn(columns[name] as (string | null)[]) : numberColumn("float64", columns[name] as (number | null)[]))), rows);
}
