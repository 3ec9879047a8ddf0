import { createFrame, field, numberColumn, textColumn } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { expect, it } from "vitest";
import { rowCount } from "./row-count.js";

const fields = [field("x", "float64")];
const frame = (rows: number) => createFrame(fields, [numberColumn("float64", Array.from({ length: rows }, () => 1))], rows);

describeCheck({ name: "row-count", fields, needs: [], create: () => rowCount({ maximum: 100, severity: "error" }), clean: (rows) => frame(rows), broken: () => ({ frame: frame(101), rows: 101, examples: [] }) });

it("counts a part, and finds that nothing was read", () => {
  const fold = rowCount({ part: "test", minimum: 2, severity: "warning" }).fold([], []);
  const parts = createFrame([field("$part", "string")], [textColumn(["train", "test", "train"])], 3);
  expect(fold.finish(fold.add(fold.start(), parts))).toMatchObject([{ severity: "warning", message: "row-count: 1 rows in test; at least 2 are expected.", rows: 1 }]);
  expect(fold.finish(fold.start())).toMatchObject([{ rows: 0 }]);
});
