import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../contracts/json.js";
import { digestOf } from "../fold/digest.js";
import { keyOf, keyParts } from "./key.js";
import { differenceSentence, keyDifferences } from "./why.js";

const partsOf = (options: Json) => keyParts({ step: "train", inputs: {}, options, uses: {} }, {}, () => ({}));

describe("what differs between two keys", () => {
  it("has both sides, what a person changed first", () => {
    const [one, other] = [digestOf("one"), digestOf("other")];
    const before = keyParts({ step: "train", inputs: { split: one }, options: { seed: 1 }, uses: {} }, { plugin: one }, () => ({}));
    const after = keyParts({ step: "train", inputs: { split: other }, options: { seed: 2 }, uses: {} }, { plugin: other }, () => ({}));
    const differences = keyDifferences(before, after);
    expect(differences).toEqual([
      { entry: "options.seed", before: 1, after: 2 },
      { entry: "code.plugin", before: one, after: other },
      { entry: "inputs.split", before: one, after: other },
    ]);
    expect(differenceSentence(differences)).toBe("options.seed: 1 -> 2 (and 2 more)");
  });

  it("tells null from what is not there", () => {
    const [nothing, none] = [partsOf({ seed: 0 }), partsOf({ seed: 0, sample: null })];
    expect(keyDifferences(nothing, none)).toEqual([{ entry: "options.sample", after: null }]);
    expect(keyDifferences(none, nothing)).toEqual([{ entry: "options.sample", before: null }]);
    expect(differenceSentence(keyDifferences(nothing, none))).toBe("options.sample: not there -> null");
    expect(differenceSentence(keyDifferences(none, partsOf({ seed: 0, sample: 10 })))).toBe("options.sample: null -> 10");
  });

  it("is nothing exactly where the keys are the same, whatever the options", () => {
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(json, json, (one, other) => {
        const [before, after] = [partsOf(one), partsOf(other)];
        expect(keyDifferences(before, after).length === 0).toBe(keyOf(before) === keyOf(after));
      }),
    );
  });
});

describe("two options that are not the same", () => {
  it.each<readonly [string, Json, Json]>([
    ["a name with a dot, and a member of a member", { "a.b": 1 }, { a: { b: 1 } }],
    ["a list, and members named by numbers", { a: ["x"] }, { a: { "0": "x" } }],
    ["an empty list, and no members", { a: [] }, { a: {} }],
    ["a name with a quote", { '"a"': 1 }, { a: 1 }],
  ])("have two keys: %s", (_, one, other) => {
    expect(keyOf(partsOf(one))).not.toBe(keyOf(partsOf(other)));
  });

  it("have two keys, whatever they are", () => {
    const name = fc.constantFrom("a", "b", "a.b", '"a"', "0", "");
    const { json } = fc.letrec<{ json: Json }>((tie) => ({ json: fc.oneof({ maxDepth: 3 }, fc.constantFrom<Json>(1, null, "a"), fc.array(tie("json"), { maxLength: 2 }), fc.dictionary(name, tie("json"), { maxKeys: 2 })) }));
    fc.assert(
      fc.property(json, json, (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(keyOf(partsOf(one)) === keyOf(partsOf(other))).toBe(isSame);
      }),
      { numRuns: 1_000 },
    );
  });
});

function sorted(json: Json): Json {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(sorted);
  return Object.fromEntries(Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member as Json)]));
}
