import { createFrame, field, numberColumn, textColumn } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { inSet } from "./in-set.js";

const texts = [field("s", "string")];
const numbers = [field("n", "int32")];

describeCheck({
  name: "in-set of texts",
  fields: texts,
  needs: ["s"],
  create: () => inSet({ columns: ["s"], values: ["a", "b"], atMost: 0, severity: "error" }),
  clean: (rows, random) => createFrame(texts, [textColumn(Array.from({ length: rows }, () => ["a", "b", null][Math.floor(random() * 3)]!))], rows),
  broken(random) {
    const values = Array.from({ length: 80 }, () => ["a", "b", null, "c"][Math.floor(random() * 4)]!);
    const examples = [...values.keys()].filter((row) => values[row] === "c");
    return { frame: createFrame(texts, [textColumn(values)], 80), rows: examples.length, examples };
  },
});

describeCheck({
  name: "in-set of numbers",
  fields: numbers,
  needs: ["n"],
  create: () => inSet({ columns: ["n"], values: [1, 2], atMost: 0, severity: "error" }),
  clean: (rows, random) => createFrame(numbers, [numberColumn("int32", Array.from({ length: rows }, () => [1, 2, null][Math.floor(random() * 3)]!))], rows),
  broken(random) {
    const values = Array.from({ length: 80 }, () => [1, 2, null, 0][Math.floor(random() * 4)]!);
    const examples = [...values.keys()].filter((row) => values[row] === 0);
    return { frame: createFrame(numbers, [numberColumn("int32", values)], 80), rows: examples.length, examples };
  },
});
