import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExactJson } from "./exact-json.js";

/** Long digits in a text make the exact reader read it. */
const exactly = (text: string) => (parseExactJson(`[${text},1234567890123456789]`) as readonly unknown[])[0];

describe("exact JSON", () => {
  it("reads what JSON.parse reads, to the bit", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(asNumbers(exactly(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("keeps whole numbers that float64 does not hold, and no others, as bigints", () => {
    expect(exactly("9007199254740991")).toBe(9007199254740991);
    expect(exactly("9007199254740993")).toBe(9007199254740993n);
    expect(exactly("-18446744073709551615")).toBe(-18446744073709551615n);
    expect(exactly("9007199254740993.0")).toBe(9007199254740992);
    expect(exactly("9007199254740993e0")).toBe(9007199254740992);
    expect(exactly("-0")).toBe(-0);
    expect(exactly("1e400")).toBe(Infinity);
  });

  it("reads the tokens that Python writes", () => {
    expect(parseExactJson('{"a":[NaN,Infinity,-Infinity,1]}')).toEqual({ a: [NaN, Infinity, -Infinity, 1] });
    expect(parseExactJson('"NaN"')).toBe("NaN");
  });

  it.each(["", "[", "[1,]", "[,1]", "{", '{"a"}', '{"a":}', "{a:1}", "01", "+1", "1.", ".5", "1e", "nan", "-NaN", '"a', "'a'", "[1 2]", "1 2", "tru", "[NaN", "\u00a01", '"\n"', '{"a":1,}'])("refuses what is none: %j", (text) => {
    expect(() => parseExactJson(text)).toThrow(expect.objectContaining({ code: "SERVE_BODY" }));
    expect(() => parseExactJson(`[NaN,1234567890123456789,${text === "" ? "," : text}`)).toThrow(expect.objectContaining({ code: "SERVE_BODY" }));
  });

  it("makes no prototype of a key", () => {
    const read = parseExactJson('{"__proto__":{"a":1},"b":12345678901234567890}') as object;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read)).toEqual(["__proto__", "b"]);
  });
});

/** The same with the numbers that JSON.parse makes of bigints. */
function asNumbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(asNumbers);
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asNumbers(member)])) : value;
}
