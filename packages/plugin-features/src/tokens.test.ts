import { describe, expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field, type SparseColumn } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { optionMistakes } from "../fixtures/option-mistakes.js";
import { murmurHash } from "./murmur-hash.js";
import { tokens } from "./tokens.js";
import { tokensOptions } from "./tokens.options.js";

const words = ["sea", "\uFEFFsea", "rain", "früh", "the", "", "日本"];
const usual = { delimiter: " ", dense: false, features: 4, hash: false, minCount: 1, sublinear: false, norm: "l2" } as const;
const subject = {
  fields: [field("t", "string"), field("u", "string")],
  runtimes,
  frame(rows: number, random: () => number) {
    const text = () => (random() < 0.1 ? null : Array.from({ length: Math.floor(random() * (random() < 0.002 ? 40 : 6)) }, () => words[Math.floor(random() * words.length)]!).join(" "));
    const column = () => ({ dtype: "string" as const, values: Array.from({ length: rows }, text) });
    return frame({ t: column(), u: column() });
  },
};

for (const dense of [false, true]) {
  const told = dense ? "dense" : "sparse";
  describeTransform({ ...subject, name: `tokens as counts, ${told},`, create: () => tokens({ ...usual, dense, as: "count" }) });
  describeTransform({ ...subject, name: `tokens as tf-idf, ${told},`, create: () => tokens({ ...usual, dense, as: "tf-idf", sublinear: true }) });
  describeTransform({ ...subject, name: `tokens hashed, ${told},`, create: () => tokens({ ...usual, dense, as: "presence", hash: true }) });
}

const table = frame({ t: reference.texts });

describe.each([false, true])("tokens, dense %s", (dense) => {
  const made = (options: object = {}) => create("tokens", { dense, ...options });
  const numbersOf = async (options: object, train = table, rows = train) => (await apply(await made(options), ["t"], train, rows)).numbers("t_tokens");

  it("equals CountVectorizer, TfidfVectorizer and HashingVectorizer of scikit-learn", async () => {
    const { fields, state, numbers } = await apply(await made(), ["t"], table);
    expect(fields[0]).toMatchObject({ name: "t_tokens", dtype: dense ? "float32" : "sparse", shape: [reference.vocabulary.length] });
    expect((state as { columns: [{ tokens: string[] }] }).columns[0].tokens).toEqual(reference.vocabulary);
    expect(numbers("t_tokens")).toEqual(reference.tokenCounts);
    expectClose(await numbersOf({ as: "tf-idf" }), reference.tfIdf);
    expectClose(await numbersOf({ as: "tf-idf", norm: "none", sublinear: true }), reference.tfIdfPlain);
    expect(await numbersOf({ hash: true, features: 8 })).toEqual(reference.hashed);
  });

  it("keeps the most frequent tokens, of these the first, and counts none that is unseen, empty or missing", async () => {
    const train = frame({ t: ["b a b", "c a", "d"] });
    const rows = frame({ t: ["b  b new", null, " a ", "c"] });
    expect(await numbersOf({ features: 3 }, train, rows)).toEqual([0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(await numbersOf({ minCount: 2 }, train, rows)).toEqual([0, 0, 1, 0]);
    expect(await numbersOf({ as: "presence", features: 2 }, train, rows)).toEqual([0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it("counts a token that begins with U+FEFF as one of its own, also at the beginning of a text", async () => {
    const train = frame({ t: ["\uFEFFa a", "a \uFEFFa a", "\uFEFF"] });
    expect(await numbersOf({}, train)).toEqual([1, 0, 1, 2, 0, 1, 0, 1, 0]);
  });

  it("splits at any delimiter", async () => {
    expect(await numbersOf({ delimiter: ", " }, frame({ t: ["red, blue", "blue, blue sky"] }))).toEqual([1, 0, 1, 1, 1, 0]);
  });

  it("gives one zero for a column without a token", async () => {
    const nothing = frame({ t: { dtype: "string", values: [null, null] } });
    for (const as of ["count", "tf-idf"]) expect(await numbersOf({ as }, nothing, frame({ t: ["a", null] }))).toEqual([0, 0]);
  });
});

it("takes the room of the tokens that occur, not of the vocabulary, sparse", async () => {
  const rows = frame({ t: ["sea sea rain", null, "rain"] });
  const model = await apply(await create("tokens", { hash: true, features: 2 ** 20 }), ["t"], rows);
  expect(model.fields[0]!.shape).toEqual([2 ** 20]);
  const { starts, places, numbers } = model.column("t_tokens") as SparseColumn;
  expect([[...starts], places.length, [...numbers].sort()]).toEqual([[0, 2, 2, 3], 3, [1, 1, 2]]);
});

it("hashes as MurmurHash3 does", () => {
  // The first three by scikit-learn's murmurhash3_32, with seeds 0, 0 and 42; the last of no bytes.
  expect([murmurHash("foo"), murmurHash("日本 und früh"), murmurHash("foo", 42), murmurHash("")]).toEqual(reference.murmur);
});

it("refuses numbers, and options that nothing reads", async () => {
  expect(() => tokens({ ...usual, as: "count" }).fields([field("x", "float64")])).toThrow(/"x"/);
  expect(optionMistakes(tokensOptions, { sublinear: true, norm: "none" })).toEqual(['sublinear: goes with as "tf-idf" only', 'norm: goes with as "tf-idf" only']);
  expect(optionMistakes(tokensOptions, { dense: true, features: 5_000 })).toEqual(["features: must be at most 4096 where dense is true"]);
});
