import { assert, constantFrom, integer, nat, property } from "fast-check";
import { expect, test } from "vitest";
import type { Column } from "../contracts/frame.js";
import { field } from "./frame.js";
import { eachFloat64, isMissing, toFloat64 } from "./missing.js";
import { randomRows } from "./random-rows.js";
import { seeded } from "./random.js";
import { slice } from "./take.js";

const DTYPES = ["float32", "float64", "int32", "int64", "uint8", "bool", "timestamp"] as const;

/** Row by row, with no array of all. */
function oneByOne(column: Column, rows: number): readonly number[] {
  return Array.from({ length: rows }, (_, row) => (isMissing(column, row) ? NaN : Number((column as Extract<Column, { dtype: "int64" }>).values[row])));
}

function blockByBlock(column: Column): readonly number[] {
  const numbers: number[] = [];
  eachFloat64(column, (values, from, to, row) => {
    expect(row).toBe(numbers.length);
    numbers.push(...values.subarray(from, to));
  });
  return numbers;
}

test("numbers of a column are the same as one array, in blocks and one by one", () => {
  assert(
    property(constantFrom(...DTYPES), integer(), constantFrom(0, 1, 17, 2047, 2048, 2049, 5000), nat({ max: 9 }), (dtype, seed, rows, from) => {
      // From any row on: bits of validity do not begin with a byte.
      const column = slice(randomRows([field("x", dtype)], {}, rows + from, seeded(seed)), from, rows + from).column("x");
      const expected = oneByOne(column, rows);
      expect([...toFloat64(column)]).toEqual(expected);
      expect(blockByBlock(column)).toEqual(expected);
    }),
  );
});

test("texts have no numbers", () => {
  const column = randomRows([field("s", "string")], {}, 3, seeded(1)).column("s");
  expect(() => toFloat64(column)).toThrow("no numbers");
  expect(() => eachFloat64(column, () => {})).toThrow("no numbers");
});
