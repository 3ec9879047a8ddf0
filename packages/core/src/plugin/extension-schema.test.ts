import { expect, it } from "vitest";
import { z } from "zod";
import type { PluginContext } from "../contracts/plugin.js";
import { createExtension } from "./create-extension.js";
import { extensionSchema } from "./extension-schema.js";
import { definePlugin } from "./plugin.js";
import { createRegistry, type Registered } from "./registry.js";

function registered(options: unknown): Registered {
  const plugin = definePlugin({ name: "acme", version: "1.0.0", url: import.meta.url, extensions: [{ kind: "metric", name: "t", summary: "", options, create: () => ({}) }] as never });
  return createRegistry([plugin]).get("metric", "t");
}

const whose = 'The options of the metric "t" (plugin "acme")';

it.each<[string, unknown, string, readonly string[]]>([
  ["a date", z.strictObject({ since: z.date() }), `${whose} hold in "since" what JSON has no form for: Date cannot be represented in JSON Schema.`, ["since"]],
  ["custom values, some deep", z.strictObject({ price: z.number(), a: z.custom(), b: z.strictObject({ c: z.strictObject({ d: z.custom() }), e: z.string() }) }), `${whose} hold in "a", "b.c.d" what JSON has no form for: Custom types cannot be represented in JSON Schema.`, ["a", "b.c.d"]],
  ["a function", z.strictObject({ how: z.array(z.function()) }), `${whose} hold in "how" what JSON has no form for: Function types cannot be represented in JSON Schema.`, ["how"]],
  ["what is no object", z.date(), `${whose} hold what JSON has no form for: Date cannot be represented in JSON Schema.`, []],
])("options that are %s are named", (_, options, message, keys) => {
  expect(() => extensionSchema(registered(options))).toThrow(expect.objectContaining({ code: "PLUGIN_SCHEMA", message, mend: expect.stringContaining(import.meta.url), facts: expect.objectContaining({ plugin: "acme", kind: "metric", name: "t", options: keys }) }));
});

it.each([{}, undefined, { "~standard": { version: 1, vendor: "x", validate: (value: unknown) => ({ value }) } }])("options that are no schema are named: %s", (options) => {
  expect(() => extensionSchema(registered(options))).toThrow(expect.objectContaining({ code: "PLUGIN_SCHEMA", message: `${whose} are no schema.`, mend: `Give a zod object, or z.strictObject({}) for none, as its "options" in ${import.meta.url}.` }));
});

it("nothing is created with them", async () => {
  const { plugin } = registered({});
  await expect(createExtension(createRegistry([plugin]), { kind: "metric", name: "t", with: {} }, { folder: "/" } as PluginContext)).rejects.toMatchObject({ code: "PLUGIN_SCHEMA" });
});
