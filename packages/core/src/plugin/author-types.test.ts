import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { Frame } from "../contracts/frame.js";
import type { Hooks } from "../contracts/hooks.js";
import type { Plan, PlannedTask } from "../contracts/task.js";
import type { Store } from "../contracts/store.js";
import type { Transform } from "../contracts/transform.js";
import { defineFold } from "../fold/define-fold.js";
import { moments } from "../fold/moments.js";
import { arithmetic } from "../graph/arithmetic.js";
import { createMemoryStore } from "../testkit/memory-store.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { defineExtension } from "./extension.js";
import { definePlugin } from "./plugin.js";

// What must not compile is marked, and the type check of the tests fails where it does.

const none = z.strictObject({});
const url = import.meta.url;

describe("defineExtension", () => {
  it("infers the options from the schema, defaults filled in", () => {
    defineExtension("trainer", {
      name: "guess",
      summary: "",
      options: z.strictObject({ depth: z.number().default(3), names: z.array(z.string()).optional() }),
      create(options, context) {
        expectTypeOf(options).toEqualTypeOf<{ depth: number; names?: string[] | undefined }>();
        expectTypeOf(context.folder).toEqualTypeOf<string>();
        return expect.fail();
      },
    });
  });

  it("takes an implementation of its kind, at once or later", () => {
    expect(defineExtension("store", { name: "memory", summary: "", options: none, create: () => createMemoryStore() }).kind).toBe("store");
    expect(defineExtension("store", { name: "memory", summary: "", options: none, create: async () => createMemoryStore() }).name).toBe("memory");
  });

  it("refuses a store without commit", () => {
    const rest: Omit<Store, "commit"> = createMemoryStore();
    // @ts-expect-error Property 'commit' is missing
    defineExtension("store", { name: "memory", summary: "", options: none, create: () => rest });
    // @ts-expect-error Property 'commit' is missing
    defineExtension("store", { name: "memory", summary: "", options: none, create: async () => rest });
  });

  it("refuses an implementation of another kind, and a kind that is none", () => {
    // @ts-expect-error a store is no transform
    defineExtension("transform", { name: "memory", summary: "", options: none, create: () => createMemoryStore() });
    // @ts-expect-error no such kind
    defineExtension("storage", { name: "memory", summary: "", options: none, create: () => createMemoryStore() });
  });

  it("refuses an option that is a Date, which no config in JSON could write", () => {
    // @ts-expect-error An option is never a Date
    defineExtension("store", { name: "memory", summary: "", options: z.strictObject({ at: z.date().nullable() }), create: () => createMemoryStore() });
    // @ts-expect-error An option is never a Date
    defineExtension("store", { name: "memory", summary: "", options: z.strictObject({ window: z.strictObject({ from: z.date().optional() }) }), create: () => createMemoryStore() });
  });

  it("refuses an option that is a function, also deep among the others", () => {
    const callback = z.custom<(left: number) => number>();
    // @ts-expect-error An option is never a function
    defineExtension("store", { name: "memory", summary: "", options: z.strictObject({ compare: callback }), create: () => createMemoryStore() });
    // @ts-expect-error An option is never a function
    defineExtension("store", { name: "memory", summary: "", options: z.strictObject({ by: z.array(z.strictObject({ compare: callback.optional() })) }), create: () => createMemoryStore() });
    // @ts-expect-error no schema
    defineExtension("store", { name: "memory", summary: "", options: { compare: "text" }, create: () => createMemoryStore() });
    defineExtension("store", { name: "memory", summary: "", options: z.strictObject({ tags: z.record(z.string(), z.array(z.string())), at: z.iso.datetime().transform((text) => new Date(text)).nullable() }), create: () => createMemoryStore() });
  });
});

describe("definePlugin", () => {
  const near = defineExtension("metric", { name: "near", summary: "", options: none, create: () => expect.fail() });
  const far = defineExtension("metric", { name: "far", summary: "", options: none, create: () => expect.fail() });

  it("keeps the names of what it brings", () => {
    const plugin = definePlugin({ name: "acme", version: "1.0.0", url, extensions: [near, far] });
    expectTypeOf(plugin.extensions[1].name).toEqualTypeOf<"far">();
    expectTypeOf(plugin.contract).toEqualTypeOf<1>();
    expect(definePlugin({ name: "acme", version: "1.0.0", url }).extensions).toEqual([]);
    expect(samplePlugin.extensions).toHaveLength(7);
  });

  it("refuses two extensions of one kind and name", () => {
    // @ts-expect-error This plugin brings the metric near twice
    definePlugin({ name: "acme", version: "1.0.0", url, extensions: [near, far, near] });
    const other = defineExtension("check", { name: "near", summary: "", options: none, create: () => expect.fail() });
    definePlugin({ name: "acme", version: "1.0.0", url, extensions: [near, other] });
  });

  it("refuses a plugin without its url, and another version of the contract", () => {
    // @ts-expect-error no url
    definePlugin({ name: "acme", version: "1.0.0" });
    // @ts-expect-error the contract is this package's own
    definePlugin({ name: "acme", version: "1.0.0", url, contract: 2 });
  });
});

describe("hooks", () => {
  const tap = (apply: (hooks: Hooks) => void) => definePlugin({ name: "acme", version: "1.0.0", url, apply });

  it("give what they carry", () => {
    tap((hooks) => {
      hooks.plan.tap("acme", (plan) => {
        expectTypeOf(plan).toEqualTypeOf<Plan>();
        return plan;
      });
      hooks.reuse.tapPromise("acme", async (task) => {
        expectTypeOf(task).toEqualTypeOf<PlannedTask>();
        return undefined;
      });
    });
  });

  it("refuse what they do not take", () => {
    tap((hooks) => {
      // @ts-expect-error no such hook
      void (() => hooks.runStartd.tap("acme", () => {}));
      // @ts-expect-error a shaper gives what it was given
      void (() => hooks.plan.tapPromise("acme", async () => 3));
      // @ts-expect-error only false, or undefined
      void (() => hooks.reuse.tap("acme", () => true));
      // @ts-expect-error what was planned stays as it is
      void (() => hooks.plan.tap("acme", (plan) => Object.assign(plan, { tasks: (plan.tasks = []) })));
    });
  });
});

describe("defineFold", () => {
  it("infers partial and result", () => {
    const fold = defineFold({ start: () => ({ rows: 0 }), add: ({ rows }, batch) => ({ rows: rows + batch.length }), merge: (left, right) => ({ rows: left.rows + right.rows }), finish: ({ rows }) => String(rows) });
    expectTypeOf(fold.finish).returns.toEqualTypeOf<string>();
    expectTypeOf(fold.start).returns.toEqualTypeOf<{ rows: number }>();
  });

  it("refuses an add or a merge that gives something else, and a fold that cannot merge", () => {
    // @ts-expect-error add gives a text
    defineFold({ start: () => 0, add: (_partial: number, batch: Frame) => String(batch.length), merge: (left: number, right: number) => left + right, finish: (rows: number) => rows });
    // @ts-expect-error merge gives a text
    defineFold({ start: () => 0, add: (partial: number, batch: Frame) => partial + batch.length, merge: (left: number, right: number) => `${left}${right}`, finish: (rows: number) => rows });
    // @ts-expect-error no merge
    defineFold({ start: () => 0, add: (partial: number, batch: Frame) => partial + batch.length, finish: (rows: number) => rows });
  });

  it("gives a transform the state that it lowers", () => {
    const transform: Transform<{ readonly mean: number }> = {
      learnsFrom: "inputs",
      fields: (input) => input,
      fit: (input) => moments(input[0]!.name),
      lower: ({ mean }, input, graph) => new Map([...input].map(([name, value]) => [name, arithmetic(graph).sub(value, mean)])),
    };
    defineExtension("transform", { name: "centre", summary: "", options: none, create: () => transform });
    // @ts-expect-error its fold gives no median
    const wrong: Transform<{ readonly median: number }> = { ...transform, fit: (input) => moments(input[0]!.name) };
    expect([transform, wrong]).toHaveLength(2);
  });
});

it("a store of the contract has all that a store has", () => {
  expectTypeOf<keyof Store>().toEqualTypeOf<"get" | "find" | "commit" | "watch" | typeof Symbol.asyncDispose>();
});
