import { field, fromRows } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { createTemplateName } from "./template-name.js";

const fields = [field("note", "string")];
const LONG = "twelve chars";

describeCheck({
  name: "template-name",
  create: () => createTemplateName({ column: "note", most: 11 }),
  fields,
  needs: ["note"],
  clean: (rows, random) => fromRows(fields, Array.from({ length: rows }, () => ({ note: random() < 0.5 ? null : LONG.slice(1) }))),
  broken(random) {
    const notes = Array.from({ length: 80 }, (_, row) => (row < 2 || random() < 0.3 ? LONG : "short"));
    const examples = [...notes.keys()].filter((row) => notes[row] === LONG);
    return { frame: fromRows(fields, notes.map((note) => ({ note }))), rows: examples.length, examples };
  },
});
