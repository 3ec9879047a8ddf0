import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonText } from "./json-text.js";

test("every JSON value is its text and back", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary", maxDepth: 3 }), (value) => {
      expect(JSON.parse(jsonText(value, "The value"))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("the path of what is not JSON is named", () => {
  expect(() => jsonText({ a: [{ b: undefined }] }, "The run")).toThrow("The run holds what JSON cannot: undefined at a[0].b.");
  expect(() => jsonText(new Date(0), "The run")).toThrow("The run holds what JSON cannot: a Date at its root.");
});
