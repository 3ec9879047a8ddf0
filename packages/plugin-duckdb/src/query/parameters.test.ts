import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery } from "./parameters.js";
import { sqlTokens } from "./tokens.js";

test("the tokens of any text join to it", () => {
  const piece = fc.constantFrom("'", '"', "$", "$$", "$a$", "--", "/*", "*/", "\n", ":asOf", ":keys", "::", "a", " ", ";", "é", "$asOf");
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => sqlTokens(pieces.join("")).map(({ text }) => text).join("") === pieces.join("")));
});

describe("parameters", () => {
  test.each([
    ["SELECT :asOf", ["asOf"]],
    ["SELECT $keys, :asOf", ["keys", "asOf"]],
    ["SELECT x::asOf, ':keys', \":keys\", $$ :keys $$, $t$ $$:keys$$ $t$", []],
    ["SELECT 1 -- :asOf\n/* :keys /* :keys */ :keys */", []],
    ["SELECT 'it''s :keys', :asOfX, :asOf", ["asOf"]],
    ["SELECT a[1:keys]", ["keys"]],
  ])("of %j are %j", (query, parameters) => {
    expect([...parseQuery(query).parameters]).toEqual(parameters);
  });
});

test("values are literals that nothing breaks out of", () => {
  const { bind } = parseQuery("SELECT :asOf, :keys");
  expect(bind(new Date("2024-02-03T04:05:06.007Z"), ["a'b", "--", 1.5, -0, true, ""])).toBe("SELECT TIMESTAMP '2024-02-03 04:05:06.007', ['a''b', '--', 1.5, 0, true, '']");
  expect(bind(null, null)).toBe("SELECT CAST(NULL AS TIMESTAMP), NULL");
  expect(bind(null, [])).toBe("SELECT CAST(NULL AS TIMESTAMP), []");
});

test("the end of the query is neither semicolon, space nor comment", () => {
  expect(parseQuery(" SELECT 1 ; -- the end\n;\n/* really */ ").text).toBe(" SELECT 1");
});
