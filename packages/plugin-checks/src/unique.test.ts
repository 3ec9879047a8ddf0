import { createFrame, field, numberColumn, textColumn, type Frame } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { unique } from "./unique.js";

const numbers = [field("id", "int64")];
const texts = [field("id", "string")];
const pairs = [field("day", "timestamp"), field("shop", "string")];

for (const memory of ["exact", "bounded"] as const) {
  describeCheck({
    name: `unique numbers, ${memory}`,
    fields: numbers,
    needs: ["id"],
    create: () => unique({ columns: ["id"], memory, severity: "error" }),
    clean: (rows) => createFrame(numbers, [numberColumn("int64", Array.from({ length: rows }, (_, row) => row - 10))], rows),
    broken: (random) => repeated(random, (ids) => createFrame(numbers, [numberColumn("int64", ids)], ids.length)),
  });

  describeCheck({
    name: `unique texts, ${memory}`,
    fields: texts,
    needs: ["id"],
    create: () => unique({ columns: ["id"], memory, severity: "error" }),
    clean: (rows) => createFrame(texts, [textColumn(Array.from({ length: rows }, (_, row) => (row % 9 === 0 ? null : `c${row}`)))], rows),
    broken: (random) => repeated(random, (ids) => createFrame(texts, [textColumn(ids.map((id) => (id === null ? null : `c${id}`)))], ids.length)),
  });
}

describeCheck({
  name: "unique pairs",
  fields: pairs,
  needs: ["day", "shop"],
  create: () => unique({ columns: ["day", "shop"], memory: "exact", severity: "error" }),
  clean: (rows) => createFrame(pairs, [numberColumn("timestamp", Array.from({ length: rows }, (_, row) => row >> 1)), textColumn(Array.from({ length: rows }, (_, row) => `s${row % 2}`))], rows),
  broken: (random) => repeated(random, (ids) => createFrame(pairs, [numberColumn("timestamp", ids.map((id) => (id === null ? null : id >> 1))), textColumn(ids.map((id) => `s${(id ?? 0) % 2}`))], ids.length)),
});

it("shows values of one column only, times as texts", () => {
  const rows = numberColumn("float64", [0, 1]);
  const findings = (names: readonly string[], frame: Frame) => {
    const fold = unique({ columns: [...names], memory: "exact", severity: "error" }).fold(frame.fields, []);
    return fold.finish(fold.add(fold.start(), frame));
  };
  const frame = createFrame([field("t", "timestamp"), field("s", "string"), field("$row", "float64")], [numberColumn("timestamp", [0, 0]), textColumn(["a", "a"]), rows], 2);
  expect(findings(["t"], frame)).toMatchObject([{ column: "t", message: 'unique: 1 of 2 rows repeat a value of column "t".', examples: [{ row: 1, value: "1970-01-01T00:00:00.000Z" }] }]);
  expect(findings(["t", "s"], frame)).toMatchObject([{ column: null, message: 'unique: 1 of 2 rows repeat a value of the combination of columns "t", "s".', examples: [{ row: 1, value: null }] }]);
});

/** 90 ids out of 60, some missing. */
function repeated(random: () => number, build: (ids: (number | null)[]) => Frame) {
  const ids = Array.from({ length: 90 }, () => (random() < 0.1 ? null : Math.floor(random() * 60)));
  const examples = [...ids.keys()].filter((row) => ids[row] !== null && ids.indexOf(ids[row]!) < row);
  return { frame: build(ids), rows: examples.length, examples };
}
