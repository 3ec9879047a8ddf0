import { createFrame, field, numberColumn } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { rangeOptions } from "./range.options.js";
import { range } from "./range.js";

const numbers = [field("x", "float64")];
const times = [field("t", "timestamp")];

describeCheck({
  name: "range of numbers",
  fields: numbers,
  needs: ["x"],
  create: () => range({ columns: ["x"], minimum: 0, atMost: 0, severity: "error" }),
  clean: (rows, random) => createFrame(numbers, [numberColumn("float64", Array.from({ length: rows }, () => [0, 5, Infinity, NaN][Math.floor(random() * 4)]!))], rows),
  broken(random) {
    const values = Array.from({ length: 80 }, () => [0, 1, -1e-9, -Infinity, NaN][Math.floor(random() * 5)]!);
    const examples = [...values.keys()].filter((row) => values[row]! < 0);
    return { frame: createFrame(numbers, [numberColumn("float64", values)], 80), rows: examples.length, examples };
  },
});

describeCheck({
  name: "range of times",
  fields: times,
  needs: ["t"],
  create: () => range({ columns: ["t"], minimum: "2001-01-01", maximum: "2001-06-30T23:59:59Z", atMost: 0, severity: "error" }),
  clean: (rows) => createFrame(times, [numberColumn("timestamp", Array.from({ length: rows }, (_, i) => Date.UTC(2001, 0, 1 + (i % 180))))], rows),
  broken() {
    const values = Array.from({ length: 80 }, (_, i) => (i % 7 === 0 ? null : Date.UTC(2001, 4, 1 + i)));
    const examples = [...values.keys()].filter((row) => (values[row] ?? 0) >= Date.UTC(2001, 6, 1));
    return { frame: createFrame(times, [numberColumn("timestamp", values)], 80), rows: examples.length, examples };
  },
});

it("needs a bound, and shows an infinity as text", () => {
  expect(rangeOptions.safeParse({ columns: ["x"] }).success).toBe(false);
  const frame = createFrame([...numbers, field("$row", "float64")], [numberColumn("float64", [Infinity]), numberColumn("float64", [3])], 1);
  const fold = range({ columns: ["x"], maximum: 1, atMost: 0, severity: "error" }).fold(numbers, []);
  expect(fold.finish(fold.add(fold.start(), frame))).toMatchObject([{ message: 'range: 1 of 1 rows of column "x" lie outside of (-infinity, 1].', examples: [{ row: 3, value: "Infinity" }] }]);
});
