import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { murmurHash } from "./murmur-hash.js";
import { tokens } from "./tokens.js";
import { tokensOptions } from "./tokens.options.js";

const words = ["sea", "rain", "früh", "the", "", "日本"];
const usual = { delimiter: " ", features: 4, hash: false, minCount: 1, sublinear: false, norm: "l2" } as const;
const subject = {
  fields: [field("t", "string"), field("u", "string")],
  runtimes,
  frame(rows: number, random: () => number) {
    const text = () => (random() < 0.1 ? null : Array.from({ length: Math.floor(random() * 6) }, () => words[Math.floor(random() * words.length)]!).join(" "));
    const column = () => ({ dtype: "string" as const, values: Array.from({ length: rows }, text) });
    return frame({ t: column(), u: column() });
  },
};

describeTransform({ ...subject, name: "tokens as counts", create: () => tokens({ ...usual, as: "count" }) });
describeTransform({ ...subject, name: "tokens as tf-idf", create: () => tokens({ ...usual, as: "tf-idf", sublinear: true }) });
describeTransform({ ...subject, name: "tokens hashed", create: () => tokens({ ...usual, as: "presence", hash: true }) });

const table = frame({ t: reference.texts });
const numbersOf = async (options: object) => (await apply(await create("tokens", options), ["t"], table)).numbers("t_tokens");

it("equals CountVectorizer, TfidfVectorizer and HashingVectorizer of scikit-learn", async () => {
  const { fields, state, numbers } = await apply(await create("tokens"), ["t"], table);
  expect(fields[0]).toMatchObject({ name: "t_tokens", dtype: "float32", shape: [reference.vocabulary.length] });
  expect((state as { columns: [{ tokens: string[] }] }).columns[0].tokens).toEqual(reference.vocabulary);
  expect(numbers("t_tokens")).toEqual(reference.tokenCounts);
  expectClose(await numbersOf({ as: "tf-idf" }), reference.tfIdf);
  expectClose(await numbersOf({ as: "tf-idf", norm: "none", sublinear: true }), reference.tfIdfPlain);
  expect(await numbersOf({ hash: true, features: 8 })).toEqual(reference.hashed);
});

it("keeps the most frequent tokens, of these the first, and counts none that is unseen, empty or missing", async () => {
  const train = frame({ t: ["b a b", "c a", "d"] });
  const rows = frame({ t: ["b  b new", null, " a ", "c"] });
  expect((await apply(await create("tokens", { features: 3 }), ["t"], train, rows)).numbers("t_tokens")).toEqual([0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  expect((await apply(await create("tokens", { minCount: 2 }), ["t"], train, rows)).numbers("t_tokens")).toEqual([0, 0, 1, 0]);
  expect((await apply(await create("tokens", { as: "presence", features: 2 }), ["t"], train, rows)).numbers("t_tokens")).toEqual([0, 1, 0, 0, 1, 0, 0, 0]);
});

it("splits at any delimiter", async () => {
  const { numbers } = await apply(await create("tokens", { delimiter: ", " }), ["t"], frame({ t: ["red, blue", "blue, blue sky"] }));
  expect(numbers("t_tokens")).toEqual([1, 0, 1, 1, 1, 0]);
});

it("gives one zero for a column without a token", async () => {
  const { numbers } = await apply(await create("tokens"), ["t"], frame({ t: { dtype: "string", values: [null, null] } }), frame({ t: ["a", null] }));
  expect(numbers("t_tokens")).toEqual([0, 0]);
});

it("hashes as MurmurHash3 does", () => {
  // The first three by scikit-learn's murmurhash3_32, with seeds 0, 0 and 42; the last of no bytes.
  expect([murmurHash("foo"), murmurHash("日本 und früh"), murmurHash("foo", 42), murmurHash("")]).toEqual(reference.murmur);
});

it("refuses numbers, and options that nothing reads", async () => {
  expect(() => tokens({ ...usual, as: "count" }).fields([field("x", "float64")])).toThrow(/"x"/);
  expect(tokensOptions.safeParse({ sublinear: true }).success).toBe(false);
});
