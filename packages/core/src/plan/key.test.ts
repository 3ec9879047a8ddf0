import { describe, expect, it } from "vitest";
import type { Digest } from "../contracts/digest.js";
import type { Json } from "../contracts/json.js";
import { keyOf, keyParts } from "./key.js";
import { differenceSentence, keyDifferences } from "./why.js";

const code = { core: "sha256:c0" as Digest };
const parts = (options: Json, l2 = 1) =>
  keyParts({ step: "train", inputs: { frames: "sha256:aa" as Digest }, options, uses: { train: { kind: "trainer", name: "logistic", with: { l2 } } } }, code, (use) => use.with);

describe("keys", () => {
  it("depend on what is said, not on the order of saying", () => {
    expect(keyOf(parts({ a: 1, b: [2, { c: null }] }))).toBe(keyOf(parts({ b: [2, { c: null }], a: 1 })));
    expect(keyOf(parts({ a: 1 }))).not.toBe(keyOf(parts({ a: 2 })));
    expect(keyOf(parts({ a: [] }))).not.toBe(keyOf(parts({ a: {} })));
  });

  it("name the entry that differs, options before code before inputs", () => {
    const before = parts({ rows: 1 });
    const after = { ...parts({ rows: 2 }, 0.1), "inputs.frames": "sha256:bb", "code.core": "sha256:c1" };
    expect(keyDifferences(before, after).map(({ entry }) => entry)).toEqual(["options.rows", "train.with.l2", "code.core", "inputs.frames"]);
    expect(differenceSentence(keyDifferences(before, parts({ rows: 1 }, 0.1)))).toBe("train.with.l2: 1 -> 0.1");
    expect(differenceSentence(keyDifferences(before, after))).toBe("options.rows: 1 -> 2 (and 3 more)");
    expect(differenceSentence([])).toBe("nothing in its key changed");
  });
});
