import { createFrame, field, numberColumn, textColumn, type Frame } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { notNull } from "./not-null.js";

const numbers = [field("x", "float64")];
const texts = [field("s", "string")];
const flags = [field("b", "bool")];

describeCheck({
  name: "not-null of numbers",
  fields: numbers,
  needs: ["x"],
  create: () => notNull({ columns: ["x"], atMost: 0, severity: "error" }),
  clean: (rows, random) => createFrame(numbers, [numberColumn("float64", Array.from({ length: rows }, random))], rows),
  broken(random) {
    const values = Array.from({ length: 80 }, () => (random() < 0.3 ? null : random()));
    return planted(createFrame(numbers, [numberColumn("float64", values)], 80), values);
  },
});

describeCheck({
  name: "not-null of texts",
  fields: texts,
  needs: ["s"],
  create: () => notNull({ columns: ["s"], atMost: 0, severity: "error" }),
  clean: (rows) => createFrame(texts, [textColumn(Array.from({ length: rows }, () => "a"))], rows),
  broken(random) {
    const values = Array.from({ length: 80 }, () => (random() < 0.3 ? null : "a"));
    return planted(createFrame(texts, [textColumn(values)], 80), values);
  },
});

describeCheck({
  name: "not-null of flags",
  fields: flags,
  needs: ["b"],
  create: () => notNull({ columns: ["b"], atMost: 0, severity: "error" }),
  clean: (rows) => createFrame(flags, [numberColumn("bool", Array.from({ length: rows }, () => 1))], rows),
  broken(random) {
    const values = Array.from({ length: 80 }, () => (random() < 0.3 ? null : true));
    return planted(createFrame(flags, [numberColumn("bool", values)], 80), values);
  },
});

it("finds a value that is missing in a vector, and lets a share pass", () => {
  const fields = [field("v", "float32", { shape: [2] }), field("$row", "float64")];
  const frame = createFrame(fields, [{ dtype: "float32", values: Float32Array.of(1, 2, 3, NaN) }, { dtype: "float64", values: Float64Array.of(0, 1) }], 2);
  const findings = (atMost: number) => {
    const fold = notNull({ columns: ["v"], atMost, severity: "warning" }).fold(fields, []);
    return fold.finish(fold.add(fold.start(), frame));
  };
  expect(findings(0.5)).toEqual([]);
  expect(findings(0.4)).toMatchObject([{ severity: "warning", column: "v", rows: 1, message: 'not-null: 1 of 2 rows of column "v" are missing. At most 40 % may.' }]);
});

function planted(frame: Frame, values: readonly unknown[]) {
  const examples = [...values.keys()].filter((row) => values[row] === null);
  return { frame, rows: examples.length, examples };
}
