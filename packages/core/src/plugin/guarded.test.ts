import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Kind } from "../contracts/kind.js";
import type { Kinds } from "../contracts/kinds.js";
import type { Extension, PluginContext } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { field } from "../frame/frame.js";
import { createExtension } from "./create-extension.js";
import { CORE } from "./core-name.js";
import { definePlugin } from "./plugin.js";
import { createRegistry } from "./registry.js";

const options = z.strictObject({});
const boom = (): never => {
  throw new TypeError("boom");
};
const never = new AbortController().signal;

/** An extension as the core gets it. */
function create<K extends Kind>(kind: K, made: unknown, plugin = "acme"): Promise<Kinds[K]> {
  const extension: Extension = { kind, name: "x", summary: "", options, create: () => made };
  return createExtension(createRegistry([definePlugin({ name: plugin, version: "1.0.0", url: import.meta.url, extensions: [extension] })]), { kind, name: "x", with: {} }, { folder: "/" } as PluginContext);
}

const failed = (kind: Kind, member: string) => ({
  code: "PLUGIN_FAILED",
  message: `The ${kind} "x" (plugin "acme") failed in ${member}: boom`,
  mend: `Run again with --debug, and report what it prints to the author of plugin "acme" (${import.meta.url}).`,
  cause: expect.any(TypeError),
  facts: { plugin: "acme", kind, name: "x", member, url: import.meta.url },
});

async function all(rows: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const read: unknown[] = [];
  for await (const one of rows) read.push(one);
  return read;
}

/** Fails in its second row. */
async function* rows(): AsyncGenerator<number> {
  yield 1;
  boom();
}

const fold = { start: boom, add: boom, merge: boom, finish: boom };
const read = (source: Kinds["source"], signal = never) => source.read({ partition: { id: "a", digest: "sha256:0" as never }, columns: null, asOf: null, keys: null }, signal);

describe("an error without a code names plugin, kind, extension and call", () => {
  it.each<[string, Kind, unknown, (made: any) => unknown]>([
    ["fields()", "transform", { fields: boom }, (made) => made.fields([])],
    ["fit()", "transform", { fit: boom }, (made) => made.fit([], null)],
    ["fit().add()", "transform", { fit: () => fold }, (made) => made.fit([], null).add(0, null)],
    ["lower()", "transform", { lower: boom }, (made) => made.lower(null, new Map(), null)],
    ["fold()", "metric", { fold: boom }, (made) => made.fold({ kind: "regression" })],
    ["fold().start()", "metric", { fold: () => fold }, (made) => made.fold({ kind: "regression" }).start()],
    ["fold().merge()", "check", { fold: () => fold }, (made) => made.fold([], []).merge(0, 0)],
    ["fold().finish()", "check", { fold: () => fold }, (made) => made.fold([], []).finish(0)],
    ["train()", "trainer", { train: async () => boom() }, (made) => made.train({}, null, { signal: never })],
    ["fields()", "source", { fields: async () => boom() }, (made) => made.fields()],
    ["partitions()", "source", { partitions: boom }, (made) => made.partitions()],
    ["read()", "source", { read: rows }, async (made) => all(read(made))],
    ["load()", "runtime", { load: async () => boom() }, (made) => made.load({})],
    ["load().predict()", "runtime", { load: async () => ({ predict: async () => boom() }) }, async (made) => (await made.load({})).predict({})],
    ["load().dispose()", "runtime", { load: async () => ({ [Symbol.asyncDispose]: async () => boom() }) }, async (made) => (await made.load({}))[Symbol.asyncDispose]()],
    ["write()", "sink", { write: async () => boom() }, (made) => made.write("a", rows(), never)],
    ["plan()", "step", { plan: boom }, (made) => made.plan({}, [])],
    ["run()", "step", { run: async () => boom() }, (made) => made.run({}, { signal: never })],
    ["get()", "store", { get: async () => boom() }, (made) => made.get("run", "a")],
    ["watch()", "store", { watch: rows }, async (made) => all(made.watch([], never))],
    ["put()", "artifacts", { put: async () => boom() }, (made) => made.put(rows())],
    ["list()", "artifacts", { list: rows }, async (made) => all(made.list())],
    ["dispose()", "executor", { [Symbol.asyncDispose]: async () => boom() }, (made) => made[Symbol.asyncDispose]()],
    ["run()", "command", { run: async () => boom() }, (made) => made.run({}, null, never)],
  ])("%s of a %s", async (member, kind, made, use) => {
    const guard = await create(kind, made);
    await expect((async () => use(guard))()).rejects.toMatchObject(failed(kind, member));
  });

  it("a member that is missing is called by its name, too", async () => {
    const transform = await create("transform", { learnsFrom: "inputs" });
    expect(() => transform.fields([])).toThrow(expect.objectContaining({ code: "PLUGIN_FAILED", message: expect.stringContaining('The transform "x" (plugin "acme") failed in fields(): ') }));
  });

  it.each<[string, Kind, unknown, (made: any) => unknown, string]>([
    ["data", "metric", { fold: () => fold }, (made) => made.columns, 'failed in columns: it has no "columns".'],
    ["a fold", "transform", { fit: () => undefined }, (made) => made.fit([], null), "failed in fit(): it gave undefined."],
    ["a predictor", "runtime", { load: async () => null }, (made) => made.load({}), "failed in load(): it gave null."],
    ["rows", "source", { read: () => [1] }, async (made) => all(read(made)), "failed in read(): "],
  ])("%s that is missing is told where it is asked for", async (_, kind, made, use, message) => {
    const guard = await create(kind, made);
    await expect((async () => use(guard))()).rejects.toMatchObject({ code: "PLUGIN_FAILED", message: expect.stringContaining(message) });
  });

  it("create() that gives nothing is told at once", async () => {
    await expect(create("metric", undefined)).rejects.toMatchObject({ code: "PLUGIN_CREATE", message: 'The metric "x" (plugin "acme") could not be created: create() gave undefined, which is no metric.' });
  });
});

describe("what passes as it is", () => {
  it("an error with a code", async () => {
    const own = new MillraceError({ code: "TRANSFORM_INPUT", message: "no texts", mend: "Name numbers." });
    const transform = await create("transform", { fields: () => { throw own; } });
    expect(() => transform.fields([])).toThrow(own);
  });

  it("an error of a call that was to stop", async () => {
    const reason = new Error("SIGINT");
    const stopped = AbortSignal.abort(reason);
    const source = await create("source", { async *read(_: unknown, signal: AbortSignal) { yield* [signal].map((one) => one.throwIfAborted()); } });
    await expect(all(read(source, stopped))).rejects.toBe(reason);
    const trainer = await create("trainer", { train: async (_: unknown, __: unknown, { signal }: { signal: AbortSignal }) => signal.throwIfAborted() });
    await expect(trainer.train({} as never, null, { signal: stopped } as never)).rejects.toBe(reason);
  });

  it("what an executor's tasks throw, and what the core's own steps throw", async () => {
    const bare = { run: async () => boom() };
    await expect((await create("executor", bare)).run({} as never, { signal: never } as never)).rejects.toThrow(TypeError);
    await expect((await create("step", bare, CORE)).run({} as never, { signal: never } as never)).rejects.toThrow(TypeError);
  });
});

describe("an extension stays what it is", () => {
  class Numbers {
    readonly #fields = [field("x", "float64")];
    readonly own = "kept";
    async fields() {
      return this.#fields;
    }
    async partitions() {
      return [];
    }
    async *read() {
      yield* this.#fields.map(({ name }) => name);
    }
  }

  it("with its private members, its own ones and its class; frozen ones too", async () => {
    const source = await create("source", Object.freeze(new Numbers()));
    expect(await source.fields()).toEqual([field("x", "float64")]);
    expect(await all(read(source))).toEqual(["x"]);
    expect(source).toMatchObject({ own: "kept" });
    expect(source).toBeInstanceOf(Numbers);
    expect("lines" in source).toBe(false);
    expect((await create("trainer", { sparse: true })).problems).toBeUndefined();
  });

  it("with data that change", async () => {
    let slots = 1;
    const executor = await create("executor", { get slots() { return slots; } });
    slots = 4;
    expect([executor.slots, { ...executor }.slots]).toEqual([4, 4]);
  });

  it("and whoever stops reading ends its reading", async () => {
    const ended: string[] = [];
    const source = await create("source", {
      async *read() {
        try {
          yield 1;
          yield 2;
        } finally {
          ended.push("ended");
        }
      },
    });
    for await (const _ of read(source)) break;
    expect(ended).toEqual(["ended"]);
  });
});
