import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasArtifact, type ArtifactStore, type Executor, type PluginContext, type Store } from "@millrace/core";
import { expect, test } from "vitest";
import local from "./index.js";

const quiet = { info() {}, warn() {}, error() {}, debug() {} };

test("the plugin brings a store, artifacts and executors that need no options", async () => {
  const home = await mkdtemp(join(tmpdir(), "millrace-"));
  const context: PluginContext = { folder: home, home, limits: { threads: 1, memoryBytes: 2 ** 30 }, log: quiet, project: { module: "file:///nowhere.js", project: null }, runTask: async () => ({ outputs: {}, ledger: null, summary: null }) };
  const { extensions } = local();
  expect(extensions.map(({ kind, name }) => [kind, name])).toEqual([["store", "sqlite"], ["artifacts", "folder"], ["executor", "in-process"], ["executor", "threads"]]);
  const [store, artifacts, ...executors] = (await Promise.all(extensions.map((extension) => extension.create(extension.options.parse({}) as never, context)))) as [Store, ArtifactStore, ...Executor[]];
  expect(await store.find("run", {})).toEqual([]);
  expect(await hasArtifact(artifacts, `sha256:${"0".repeat(64)}` as never)).toBe(false);
  expect(executors.map(({ slots }) => slots)).toEqual([1, 1]);
  for (const executor of executors) await executor[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

test("every option has a description, and where things lie is in no key", () => {
  for (const { options } of local().extensions) {
    const { properties } = options["~standard"].jsonSchema.input({ target: "draft-2020-12" }) as { properties: Record<string, { description?: string; location?: boolean }> };
    for (const property of Object.values(properties)) expect(property).toMatchObject({ description: expect.any(String), location: true });
    expect(options.safeParse({ unknown: 1 }).success).toBe(false);
  }
});
