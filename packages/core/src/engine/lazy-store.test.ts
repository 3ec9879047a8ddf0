import { expect, it } from "vitest";
import type { Store } from "../contracts/store.js";
import { createMemoryDatabase, createMemoryStore } from "../testkit/memory-store.js";
import { describeStore } from "../testkit/describe-store.js";
import { lazyStore } from "./lazy-store.js";

describeStore({
  name: "a lazy one over memory",
  async create() {
    const database = createMemoryDatabase();
    return { open: async () => lazyStore(async () => createMemoryStore(database)), remove: async () => {}, patienceMs: 50 };
  },
});

it("is opened with the first call, once", async () => {
  let opened = 0;
  const store = lazyStore(async () => (opened++, createMemoryStore()));
  expect(opened).toBe(0);
  await Promise.all([store.get("run", "a"), store.find("run", {})]);
  await store.get("run", "a");
  expect(opened).toBe(1);
  await store[Symbol.asyncDispose]();
});

it("closes nothing that was not opened, or could not be", async () => {
  const never = lazyStore(() => expect.fail("it was opened"));
  await never[Symbol.asyncDispose]();
  const broken = lazyStore(() => Promise.reject<Store>(new Error("no room")));
  await expect(broken.get("run", "a")).rejects.toThrow("no room");
  broken.watch(["run"], new AbortController().signal);
  await broken[Symbol.asyncDispose]();
});
