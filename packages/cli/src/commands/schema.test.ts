import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import iceCream from "../../../../examples/custom-plugin/millrace.config.js";
import flights from "../../../../examples/flight-delays/millrace.config.js";
import penguins from "../../../../examples/penguins/millrace.config.js";
import { set, type Loose, type Path } from "../../fixtures/broken-configs/tree.js";
import { millrace } from "../../fixtures/captured.js";
import { projectFolders } from "../../fixtures/project-folders.js";

const project = projectFolders();

const PLUGIN = `import { defineExtension, definePlugin } from "@millrace/core";
import { z } from "zod";
const create = () => { throw new Error("never made"); };
const tree = z.strictObject({ get below() { return z.array(tree).optional(); }, name: z.string() });
export default () => definePlugin({ name: "acme", version: "1.0.0", url: import.meta.url, extensions: [
  defineExtension("transform", { name: "warmth", summary: "", options: z.strictObject({ base: z.number().optional() }), create }),
  defineExtension("metric", { name: "lost-money", summary: "", options: z.strictObject({ wasted: z.number().max(1).optional() }), create }),
  defineExtension("store", { name: "remote", summary: "", options: z.strictObject({ url: z.string().meta({ secret: true }), tree: tree.optional() }), create }),
] });
`;

/** What a config file of JSON can say. */
const plain = (config: object): Loose => JSON.parse(JSON.stringify({ ...config, plugins: ["./acme.mjs"] }));
const EXAMPLES = { flights: plain(flights), penguins: plain(penguins), "custom-plugin": plain(iceCream) };

let schema: z.ZodType;
let text = "";
beforeAll(async () => {
  // Whatever else is wrong with the config: its schema is what helps to mend it.
  const folder = project({ "millrace.config.json": { schema: 1, project: "p", plugins: ["./acme.mjs"], modles: {} }, "acme.mjs": PLUGIN.replace('"zod"', JSON.stringify(import.meta.resolve("zod"))) });
  const { code, out, err } = await millrace(folder, "schema", "--out", "millrace.schema.json");
  expect({ code, out, err }).toEqual({ code: 0, out: "wrote millrace.schema.json\n", err: "" });
  text = readFileSync(join(folder, "millrace.schema.json"), "utf8");
  schema = z.fromJSONSchema(JSON.parse(text));
});

const delays: Path = ["models", "delays"];

/** Over the flights' config. */
const TAKEN: readonly (readonly [name: string, path: Path, value: Loose])[] = [
  ["a bare name", [...delays, "train"], "logistic"],
  ["an option from the environment", [...delays, "train"], { use: "logistic", with: { l2: "${env:L2:-1}" } }],
  ["a duration from the environment", [...delays, "columns", "horizon"], "${env:HORIZON}"],
  ["a query in place", [...delays, "source", "with", "query"], "SELECT 1"],
  ["a secret as a reference", ["store"], { use: "remote", with: { url: "${env:URL}" } }],
  ["options that hold themselves", ["store"], { use: "remote", with: { url: "${env:URL}", tree: { name: "a", below: [{ name: "b" }] } } }],
  ["the schema itself", ["$schema"], "./millrace.schema.json"],
  ["a base", ["extends"], "./base.yaml"],
  ["a transform of a plugin", [...delays, "features", 0], { use: "warmth", from: ["distance"], as: "warm" }],
];

const REFUSED: readonly (readonly [name: string, path: Path, value: Loose])[] = [
  ["a key that is none", ["modles"], {}],
  ["a key of a model that is none", [...delays, "trian"], "logistic"],
  ["an unknown trainer", [...delays, "train"], "logistik"],
  ["a store where a trainer stands", [...delays, "train"], "sqlite"],
  ["an option that is none", [...delays, "train", "with", "l3"], 1],
  ["an option of another type", [...delays, "train", "with", "l2"], "much"],
  ["an option out of range", [...delays, "train", "with", "l2"], -1],
  ["options that are missing", [...delays, "source"], { use: "csv" }],
  ["a bare name where options are needed", [...delays, "source"], "csv"],
  ["a feature without columns", [...delays, "features", 0], { use: "category" }],
  ["an option of another rule of splitting", [...delays, "split"], { use: "time", with: { stratify: true } }],
  ["a secret in plain text", ["store"], { use: "remote", with: { url: "postgres://me:hunter2@db" } }],
  ["another schema", ["schema"], 2],
  ["a wrong name in a list", [...delays, "features", 0, "with", "parts"], ["hours"]],
  ["an option of a plugin out of range", [...delays, "evaluate", "metrics", 0], { use: "lost-money", with: { wasted: 2 } }],
  ["a wrong name below itself", ["store"], { use: "remote", with: { url: "${env:URL}", tree: { name: "a", below: [{ nmae: "b" }] } } }],
];

describe("millrace schema", () => {
  it.each(Object.entries(EXAMPLES))("takes the example %s", (_, config) => {
    expect(schema.safeParse(config).error?.issues ?? []).toEqual([]);
  });
  it.each(TAKEN)("takes %s", (_, path, value) => {
    expect(schema.safeParse(set(EXAMPLES.flights, path, value)).error?.issues ?? []).toEqual([]);
  });
  it.each(REFUSED)("refuses %s", (_, path, value) => {
    expect(schema.safeParse(set(EXAMPLES.flights, path, value)).success).toBe(false);
  });
  it.each(["schema", "project", "models"])("refuses a config without %s", (key) => {
    expect(schema.safeParse({ ...EXAMPLES.flights, [key]: undefined }).success).toBe(false);
  });
  it("describes options, and has no keyword that is none", () => {
    expect(text).toContain("Columns that it takes.");
    expect(text).not.toContain('"secret": true');
    expect(text).not.toContain('"location"');
  });
  it("is there without a config, of the embedded plugins", async () => {
    const { code, out } = await millrace(project({}), "schema");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", properties: { models: {} } });
    expect(out).not.toContain("lost-money");
  });
});
