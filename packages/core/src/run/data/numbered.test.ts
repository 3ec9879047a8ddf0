import { expect, it } from "vitest";
import { field } from "../../frame/frame.js";
import { requireColumns } from "./numbered.js";

const fields = ["id", "city", "price"].map((name) => field(name, "string"));
const thrown = (named: Parameters<typeof requireColumns>[1]) => {
  try {
    requireColumns(fields, named);
  } catch (error) {
    return error;
  }
  return null;
};

it("names all columns that are not there at once", () => {
  expect(thrown({ "columns.key": "id", "columns.time": null, "split.with.name": undefined })).toBeNull();
  expect(thrown({ "columns.pii[0]": "citi" })).toMatchObject({ code: "DATA_NO_COLUMN", message: 'columns.pii[0] names column "citi", which the source does not have.', mend: 'Did you mean "city"?', facts: { columns: [{ place: "columns.pii[0]", column: "citi" }] } });
  expect(thrown({ "columns.target": "prcie", "columns.key": "id", "evaluate.slices[0]": "zz" })).toMatchObject({
    message: 'The config names 2 columns that the source does not have: columns.target "prcie", evaluate.slices[0] "zz".',
    mend: 'Did you mean "price" by "prcie"? Use one of: id, city, price.',
    facts: { columns: [{ place: "columns.target", column: "prcie" }, { place: "evaluate.slices[0]", column: "zz" }] },
  });
});
