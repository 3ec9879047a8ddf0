import { expect, test } from "vitest";
import type { Digest } from "../contracts/digest.js";
import type { ModelVersion } from "../contracts/model.js";
import { createMemoryDatabase, createMemoryStore } from "../testkit/memory-store.js";
import { moveAlias } from "./aliases.js";
import { parseModelRef } from "./model-ref.js";
import { findVersion, nextVersion, registerOnce, registerVersion } from "./model-versions.js";

const digest = `sha256:${"0".repeat(64)}` as Digest;
const version = (model: string, gates: ModelVersion["gates"] = "passed"): Omit<ModelVersion, "version"> => ({
  model, onnx: digest, signature: digest, metrics: digest, card: digest, certificate: digest, golden: digest, lineage: digest, run: "r", gates, sample: null, createdAt: "2026-01-01T00:00:00.000Z",
});
const at = "2026-01-02T00:00:00.000Z";

test("versions of a model count from 1, each model for itself", async () => {
  const store = createMemoryStore();
  expect(await nextVersion(store, "delays")).toBe(1);
  for (let number = 1; number <= 11; number++) expect((await registerVersion(store, version("delays"))).version).toBe(number);
  expect((await registerVersion(store, version("penguins"))).version).toBe(1);
  expect(await nextVersion(store, "delays")).toBe(12);
});

test("processes that register at once get numbers of their own", async () => {
  const database = createMemoryDatabase();
  const stores = Array.from({ length: 4 }, () => createMemoryStore(database));
  const versions = await Promise.all(Array.from({ length: 12 }, (_, i) => registerVersion(stores[i % 4]!, version("delays"))));
  expect(versions.map(({ version: number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
});

test("processes that register the same at once make one version, whoever is first", async () => {
  const database = createMemoryDatabase();
  const stores = Array.from({ length: 4 }, () => createMemoryStore(database));
  await registerVersion(stores[0]!, version("delays", "failed"));
  const versions = await Promise.all(Array.from({ length: 12 }, (_, i) => registerOnce(stores[i % 4]!, { ...version("delays"), run: String(i) })));
  expect(new Set(versions.map(({ version: number }) => number))).toEqual(new Set([2]));
});

test.each([
  ["delays", { model: "delays", version: null, alias: null }],
  ["delays@champion", { model: "delays", version: null, alias: "champion" }],
  ["delays@3", { model: "delays", version: 3, alias: null }],
  ["a/b-c.d@v2", { model: "a/b-c.d", version: null, alias: "v2" }],
])("%s is read", (ref, parsed) => {
  expect(parseModelRef(ref)).toEqual(parsed);
});

test.each(["", "@3", "delays@", "delays@3@4", "my delays", "delays@0", "delays@03", "delays@3a", "delays@1.5"])("%j is refused", (ref) => {
  expect(() => parseModelRef(ref)).toThrow(expect.objectContaining({ code: "MODEL_REF" }));
});

test("a version is found by number, by alias, and by name alone as the newest that passed its gates", async () => {
  const store = createMemoryStore();
  for (const gates of ["passed", "passed", "failed"] as const) await registerVersion(store, version("delays", gates));
  await moveAlias(store, { model: "delays", alias: "champion", to: 1, reason: "first", at });
  expect((await findVersion(store, "delays@3")).version).toBe(3);
  expect((await findVersion(store, "delays@champion")).version).toBe(1);
  expect((await findVersion(store, "delays")).version).toBe(2);
});

test.each([
  ["delay", `No model "delay" is registered.`, `Did you mean "delays"?`],
  ["delays@champ", `The model "delays" has no alias "champ".`, `Did you mean "champion"?`],
  ["delays@9", `The model "delays" has no version 9; its newest is 1.`, "Use delays@1."],
  ["bad", `No version of the model "bad" has passed its gates.`, "Name a version to use it all the same: bad@1."],
  ["bad@champion", `The model "bad" has no alias "champion".`, "Name a version: bad@1."],
])("%s is not found, and the nearest is named", async (ref, message, mend) => {
  const store = createMemoryStore();
  await registerVersion(store, version("delays"));
  await registerVersion(store, version("bad", "failed"));
  await moveAlias(store, { model: "delays", alias: "champion", to: 1, reason: "first", at });
  await expect(findVersion(store, ref)).rejects.toMatchObject({ code: "MODEL_NOT_FOUND", message, mend });
});
