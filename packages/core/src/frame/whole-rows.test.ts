import { describe, expect, it } from "vitest";
import { field } from "./frame.js";
import type { Row } from "./rows.js";
import { requireWholeRows } from "./whole-rows.js";

const FIELDS = [field("origin", "string"), field("distance", "float64")];

describe("whole rows", () => {
  it("pass with null where a value is not known, and with keys that are no column", () => {
    expect(() => requireWholeRows(FIELDS, [{ origin: null, distance: 1, note: "x" }])).not.toThrow();
    expect(() => requireWholeRows(FIELDS, [])).not.toThrow();
  });

  it.each<readonly [string, readonly unknown[], RegExp, RegExp]>([
    ["an absent key", [{ origin: "A", distance: 1 }, { origin: "A" }], /Row 1 has no "distance"/, /null where it is not known/],
    ["undefined", [{ origin: undefined, distance: 1 }], /Row 0 has no "origin"/, /\(string\)/],
    ["a mistyped key", [{ origin: "A", distnace: 1 }], /Row 0 has no "distance"/, /Is "distnace" meant\?/],
    ["a row that is null", [null], /Row 0 is null/, /as an object/],
    ["a row that is an array", [["A", 1]], /Row 0 is an array/, /as an object/],
  ])("refuse %s", (_, rows, message, mend) => {
    expect(() => requireWholeRows(FIELDS, rows as readonly Row[])).toThrow(expect.objectContaining({ code: "RUNTIME_INPUT", message: expect.stringMatching(message), mend: expect.stringMatching(mend) }));
  });

  it("refuse one row outside an array", () => {
    expect(() => requireWholeRows(FIELDS, { origin: "A", distance: 1 } as never)).toThrow(/an array of objects, not an object/);
  });
});
