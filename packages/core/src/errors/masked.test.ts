import { describe, expect, it } from "vitest";
import { MASKED, maskedError } from "./masked.js";
import { MillraceError } from "./millrace-error.js";

const quoting = (facts: Readonly<Record<string, unknown>>) =>
  new MillraceError({ code: "DATA_TYPE", message: 'Row 3 of column "name" is "Ann Lee"; also Ann.', mend: "Mend Ann Lee.", cause: new Error("Ann Lee"), facts: { row: 3, ...facts } });
const told = (error: unknown) => {
  const { message, mend, stack, facts, cause } = error as MillraceError;
  return JSON.stringify({ message, mend, stack, facts, cause: String(cause) });
};

describe("an error that quotes data", () => {
  it("is masked where its column is personal, or nobody knows its column: message, mend, stack, facts and causes", () => {
    for (const facts of [{ column: "name", value: ["Ann", "Ann Lee"] }, { value: ["Ann Lee", "Ann"] }, { column: null, value: ["Ann Lee", "Ann"] }]) {
      const masked = maskedError(quoting(facts), ["name"]);
      expect(masked).toMatchObject({ code: "DATA_TYPE", message: `Row 3 of column "name" is "${MASKED}"; also ${MASKED}.`, mend: `Mend ${MASKED}.`, facts: { row: 3, value: MASKED } });
      expect(told(masked)).not.toContain("Ann");
    }
  });

  it("comes back as it is where its column is not personal, it quotes nothing, or nothing is personal", () => {
    const errors = [quoting({ column: "city", value: "Ann Lee" }), quoting({ column: "name" }), quoting({ value: "" }), new TypeError("x")];
    for (const error of errors) expect(maskedError(error, ["name"])).toBe(error);
    const any = quoting({ value: "Ann Lee" });
    expect(maskedError(any, [])).toBe(any);
  });
});
