import { describe, expect, it } from "vitest";
import { field } from "../frame/frame.js";
import { fromRows } from "../frame/rows.js";
import { slice } from "../frame/take.js";
import { describeFold } from "../testkit/describe-fold.js";
import { sampledRows } from "./sampled-rows.js";

const fields = [field("x", "float64"), field("t", "string")];

describeFold({ name: "sampled-rows", fields: [...fields, field("$row", "float64")], create: () => sampledRows(fields) });

describe("a sample of rows", () => {
  const rows = fromRows([...fields, field("$row", "float64")], Array.from({ length: 1000 }, (_, row) => ({ x: row % 9 === 0 ? null : row, t: row % 7 === 0 ? null : `name ${row}`, $row: 5000 + row })));
  const fold = sampledRows(fields, 100);
  const of = (cuts: readonly number[]) => cuts.map((cut, index) => fold.add(fold.start(), slice(rows, cut, cuts[index + 1] ?? 1000))).reduce((left, right) => fold.merge(left, right));

  it("is the same for any partition, also where it is full", () => {
    const whole = fold.finish(of([0]));
    expect(whole.hashes.length).toBeGreaterThan(30);
    expect(whole.hashes.length).toBeLessThanOrEqual(100);
    for (const cuts of [[0, 7, 300, 301], [0, 999], [0, 500]]) expect(fold.finish(of(cuts))).toEqual(whole);
    const [x, t] = whole.columns;
    Array.from(x!.values as Float64Array).forEach((value, at) => expect(t!.values[at] === "" || Number.isNaN(value) || t!.values[at] === `name ${value}`).toBe(true));
    expect(whole.rows).toBe(1000);
  });

  it("counts only the rows that it is of, and keeps all of them up to its size", () => {
    const odd = sampledRows([fields[0]!], 600, (batch) => (row) => (batch.column("x") as { values: Float64Array }).values[row]! % 2 === 1);
    const { rows: seen, columns } = odd.finish(odd.add(odd.start(), rows));
    expect(seen).toBe(columns[0]!.values.length);
    expect(Array.from(columns[0]!.values as Float64Array).every((value) => value % 2 === 1)).toBe(true);
  });

  it("numbers the rows of its part where the frames do not", () => {
    const bare = sampledRows([fields[0]!], 100);
    const found = bare.finish(bare.add(bare.add(bare.start(), slice(rows, 0, 400)), slice(rows, 400, 1000)));
    expect(found.hashes.length).toBeGreaterThan(30);
    expect(new Set(found.columns[0]!.values as Float64Array).size).toBeGreaterThan(30);
  });
});
