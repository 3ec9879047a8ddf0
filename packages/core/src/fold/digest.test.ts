import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../contracts/json.js";
import { canonicalJson, digestOf, digestOfJson, isDigest } from "./digest.js";

test("bytes have the sha256 that FIPS 180-2 gives for abc", () => {
  expect(digestOf(Buffer.from("abc"))).toBe("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(isDigest(digestOf(new Uint8Array(0)))).toBe(true);
  expect(isDigest("sha256:../../etc/passwd")).toBe(false);
});

test("JSON is canonical by RFC 8785: sorted keys, shortest numbers, -0 as 0", () => {
  expect(canonicalJson({ b: [1e21, -0, 0.1], a: "€\n", "": null })).toBe('{"":null,"a":"€\\n","b":[1e+21,0,0.1]}');
  expect(digestOfJson({ x: -0 })).toBe(digestOfJson({ x: 0 }));
});

test("the order of keys does not change a digest", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), (object) => {
      const turned = Object.fromEntries(Object.entries(object).reverse()) as Json;
      expect(digestOfJson(turned)).toBe(digestOfJson(object as Json));
    }),
  );
});

test.each([[NaN], [Infinity], ["\ud800"], [{ deep: [NaN] }], [undefined]])("what is not JSON is refused: %s", (value) => {
  expect(() => canonicalJson(value as Json)).toThrow(expect.objectContaining({ code: "DIGEST_NOT_JSON" }));
});
