import { createFrame, field, textColumn } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { patternOptions } from "./pattern.options.js";
import { pattern } from "./pattern.js";

const fields = [field("code", "string")];

describeCheck({
  name: "pattern",
  fields,
  needs: ["code"],
  create: () => pattern({ columns: ["code"], pattern: "^[A-Z]{3}$", atMost: 0, severity: "error" }),
  clean: (rows, random) => createFrame(fields, [textColumn(Array.from({ length: rows }, () => ["JFK", "LAX", null][Math.floor(random() * 3)]!))], rows),
  broken(random) {
    const values = Array.from({ length: 80 }, () => ["JFK", "jfk", "JFKX", null][Math.floor(random() * 4)]!);
    const examples = [...values.keys()].filter((row) => values[row] === "jfk" || values[row] === "JFKX");
    return { frame: createFrame(fields, [textColumn(values)], 80), rows: examples.length, examples };
  },
});

it("refuses what is no expression, and columns without text", () => {
  expect(patternOptions.safeParse({ columns: ["code"], pattern: "(" }).success).toBe(false);
  expect(() => pattern({ columns: ["n"], pattern: "x", atMost: 0, severity: "error" }).fold([field("n", "int32")], [])).toThrow(expect.objectContaining({ code: "CHECK_COLUMN" }));
});
