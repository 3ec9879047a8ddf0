import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Check } from "../../contracts/check.js";
import type { Field } from "../../contracts/frame.js";
import type { Metric } from "../../contracts/metric.js";
import type { PluginContext } from "../../contracts/plugin.js";
import type { ResolvedModel } from "../../contracts/resolved.js";
import type { Trainer } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { formatPath, type Path } from "../../config/path.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { suggest } from "../../errors/nearest.js";
import { field } from "../../frame/frame.js";
import { defineExtension } from "../../plugin/extension.js";
import { definePlugin } from "../../plugin/plugin.js";
import { createRegistry } from "../../plugin/registry.js";
import { readableIssues, schemaIssues } from "./schema-issues.js";

const FIELDS: readonly Field[] = [field("price", "float64"), field("city", "string"), field("day", "timestamp"), field("photo", "bytes"), field("late", "bool")];

function refuse(code: string, column: string, message: string): never {
  throw new MillraceError({ code, message, mend: suggest(column, FIELDS.map(({ name }) => name)), facts: { column } });
}

const never = () => expect.fail("nothing is fitted or lowered");

/** Takes numbers; text it turns into a code under a name of its own. */
const scale: Transform = {
  learnsFrom: "inputs",
  fields: (input) => input.map((one) => (one.dtype === "float64" || one.dtype === "float32" ? field(one.name, "float32") : refuse("TRANSFORM_INPUT", one.name, `\`scale\` cannot take the column "${one.name}".`))),
  fit: never,
  lower: never,
};
const coded: Transform = { ...scale, fields: (input) => input.map(({ name }) => field(`${name}_code`, "int32")) };
const inverse: Transform = { ...scale, learnsFrom: "target-only", fields: (input) => input };
const calibrated: Transform = { ...scale, learnsFrom: "target", fields: (input) => input };

const filled = (columns: readonly string[]): Check => ({
  fold(input) {
    for (const name of columns) {
      const found = input.find((one) => one.name === name);
      if (found === undefined) refuse("CHECK_COLUMN", name, `names column "${name}", which is not there.`);
      if (found.dtype === "bytes") refuse("CHECK_COLUMN", name, `cannot look at column "${name}".`);
    }
    return {} as never;
  },
});

const loss = (by: string | undefined): Metric => ({
  direction: "minimize",
  columns: by === undefined ? [] : [by],
  fold(problem) {
    if (problem.kind !== "regression") throw new MillraceError({ code: "METRIC_PROBLEM", message: `The metric "loss" judges regression problems; this one is ${problem.kind}.`, mend: "Use another." });
    return {} as never;
  },
});

const learner: Trainer = { sparse: true, train: never, lower: never };

const none = z.strictObject({});
const registry = createRegistry([
  definePlugin({
    name: "acme",
    version: "1.0.0",
    url: import.meta.url,
    extensions: [
      defineExtension("transform", { name: "scale", summary: "", options: none, create: () => scale }),
      defineExtension("transform", { name: "code", summary: "", options: none, create: () => coded }),
      defineExtension("transform", { name: "named", summary: "", options: z.strictObject({ to: z.array(z.string()) }), create: ({ to }) => ({ ...scale, replaces: true, fields: () => to.map((name) => field(name, "float32")) }) }),
      defineExtension("transform", { name: "inverse", summary: "", options: none, create: () => inverse }),
      defineExtension("transform", { name: "calibrate", summary: "", options: none, create: () => calibrated }),
      defineExtension("check", { name: "filled", summary: "", options: z.strictObject({ columns: z.array(z.string().meta({ column: true })), atMost: z.number().default(0) }), create: ({ columns }) => filled(columns) }),
      defineExtension("trainer", { name: "numbers", summary: "", options: none, create: () => ({ ...learner, problems: ["regression"] }) }),
      defineExtension("trainer", { name: "classes", summary: "", options: none, create: () => ({ ...learner, problems: ["binary", "multiclass"] }) }),
      defineExtension("trainer", { name: "any", summary: "", options: none, create: () => learner }),
      defineExtension("metric", { name: "loss", summary: "", options: z.strictObject({ by: z.string().optional() }), create: ({ by }) => loss(by) }),
    ],
  }),
]);

const transform = (name: string, from: readonly string[], as: string | null = null): ResolvedModel["features"][number] => ({ use: { kind: "transform", name, with: {} }, from, as });

const COLUMNS: ResolvedModel["columns"] = { key: null, time: null, target: "price", weight: null, group: null, positive: null, horizon: null, ignore: ["photo"], pii: [], types: {}, rest: "drop", task: null };

const MODEL = {
  name: "m",
  columns: COLUMNS,
  check: [],
  split: { rule: "random", with: {} },
  features: [transform("code", ["city"])],
  train: { kind: "trainer", name: "any", with: {} },
  after: [],
  usualMetrics: null,
  evaluate: { metrics: [], slices: [], baselines: [], confidence: 0.95, gates: [] },
} as unknown as ResolvedModel;

type Part = Partial<Omit<ResolvedModel, "columns" | "evaluate">> & { readonly columns?: Partial<ResolvedModel["columns"]>; readonly evaluate?: Partial<ResolvedModel["evaluate"]> };

async function issuesOf({ columns, evaluate, ...part }: Part) {
  const model = { ...MODEL, ...part, columns: { ...COLUMNS, ...columns }, evaluate: { ...MODEL.evaluate, ...evaluate } };
  const issues = await schemaIssues(model, FIELDS, registry, {} as PluginContext);
  return issues.map(({ path, nearest = null, plugin = null }) => [formatPath(path.slice(2)), nearest ?? plugin]);
}

const check = (...columns: readonly string[]): ResolvedModel["check"] => [{ kind: "check", name: "filled", with: { columns } }];
const metric = (by?: string): Partial<ResolvedModel["evaluate"]> => ({ metrics: [{ kind: "metric", name: "loss", with: by === undefined ? {} : { by } }] });

const gate = (metric: string): ResolvedModel["evaluate"]["gates"][number] => ({ metric, part: "test", slice: null, atLeast: 0, atMost: null, versus: null, bound: "point" });

const CASES: readonly (readonly [name: string, part: Part, issues: readonly (readonly [path: string, nearestOrPlugin: string | null])[]])[] = [
  ["nothing where all fits", { check: check("price", "city"), evaluate: { ...metric("price"), slices: ["city"] }, after: [transform("inverse", [])], columns: { time: "day", horizon: "1d", weight: "late" } }, []],
  ["columns that are not there, in every place", { columns: { target: "prize", key: "citi", ignore: ["foto"], pii: ["zzz"], types: { dya: "timestamp" } }, split: { rule: "random", with: { group: "cty" } }, evaluate: { slices: ["lat"] } }, [["columns.key", "city"], ["columns.target", "price"], ["columns.ignore[0]", "photo"], ["columns.pii[0]", null], ["columns.types.dya", "day"], ["split.with.group", "city"], ["evaluate.slices[0]", "late"]]],
  ["types that do not fit a role", { columns: { time: "city", horizon: "1d", weight: "city", target: "photo", ignore: [] } }, [["columns.time", null], ["columns.weight", null], ["columns.target", null]]],
  ["types that columns cannot be made", { columns: { types: { photo: "string", city: "bytes", late: "uint8", price: "float32" } } }, [["columns.types.city", null], ["columns.types.photo", null], ["columns.types.late", null]]],
  ["a regression of text", { columns: { target: "city", task: "regression" }, features: [transform("scale", ["price"])] }, [["columns.target", null]]],
  ["a positive class of another type", { columns: { target: "late", positive: "yes" } }, [["columns.positive", null]]],
  ["a positive class that is no number", { columns: { positive: "yes" } }, [["columns.positive", null]]],
  ["every column that a check names in vain, and the type that it cannot take", { check: check("prise", "citty", "photo") }, [["check[0].with.columns[0]", "price"], ["check[0].with.columns[1]", "city"], ["check[0].with.columns[2]", "acme"]]],
  ["the types that a check cannot take, and the names behind them", { check: check("photo", "citty") }, [["check[0].with.columns[0]", "acme"], ["check[0].with.columns[1]", "city"]]],
  ["a metric of another problem, and one that reads what is not there", { columns: { target: "city" }, features: [transform("scale", ["price"])], evaluate: metric("prise") }, [["evaluate.metrics[0].with.by", "price"], ["evaluate.metrics[0]", "acme"]]],
  ["a name that no feature reads in vain, and one that an earlier feature gives", { features: [transform("code", ["citi"]), transform("scale", ["city_code"]), transform("scale", ["nowhere"])] }, [["features[0].from[0]", "city"], ["features[1].from[0]", "acme"]]],
  ["a type that a transform cannot take, and those behind it", { features: [transform("scale", ["city"]), transform("scale", ["prise"])] }, [["features[0].from[0]", "acme"], ["features[1].from[0]", "price"]]],
  ["every type that a transform cannot take, beside a name that is not there", { features: [transform("scale", ["city", "prise", "price", "late"])] }, [["features[0].from[1]", "price"], ["features[0].from[0]", "acme"], ["features[0].from[3]", "acme"]]],
  ["a name that a column has", { features: [transform("scale", ["price"], "city"), { ...transform("named", ["price"]), use: { kind: "transform", name: "named", with: { to: ["late"] } } }] }, [["features[0].as", "acme"], ["features[1].with.to[0]", "acme"]]],
  ["nothing to learn from", { features: [] }, [["features", null]]],
  ["columns that nobody reads, where that is an error", { columns: { rest: "error" } }, [["columns.rest", null]]],
  ["an inverse of a target that is a class", { columns: { target: "city" }, features: [transform("scale", ["price"])], after: [transform("inverse", [])] }, [["after[0]", "acme"]]],
  ["what nothing behind the model gives", { after: [transform("calibrate", ["predicton"])] }, [["after[0].from[0]", "prediction"]]],
  ["a trainer and a baseline of another problem", { train: { kind: "trainer", name: "classes", with: {} }, evaluate: { baselines: [{ kind: "trainer", name: "numbers", with: {} }, { kind: "trainer", name: "classes", with: {} }] } }, [["train", "acme"], ["evaluate.baselines[1]", "acme"]]],
  ["what learns behind the model, without rows to learn from", { split: { rule: "random", with: { validation: 0 } }, after: [transform("calibrate", []), transform("inverse", [])] }, [["after[0]", "acme"]]],
  ["a gate on what is not measured by default", { usualMetrics: { binary: [], multiclass: [], regression: [{ kind: "metric", name: "loss", with: {} }] }, evaluate: { gates: [gate("los"), gate("loss")] } }, [["evaluate.gates[0].metric", "loss"]]],
  ["a name that the core gives itself", { columns: { target: "city" }, features: [transform("scale", ["price"])], after: [transform("calibrate", [], "label")] }, [["after[0].as", "acme"]]],
];

describe("what a schema says to a model", () => {
  it.each(CASES)("%s", async (_, part, issues) => {
    expect(await issuesOf(part)).toEqual(issues);
  });

  it("names the trainers that learn the problem", async () => {
    const model = { ...MODEL, train: { kind: "trainer" as const, name: "classes", with: {} } };
    expect(await schemaIssues(model, FIELDS, registry, {} as PluginContext)).toMatchObject([{ path: ["models", "m", "train"], found: "classes", allowed: ["any", "numbers"] }]);
  });

  it("says what it can to a model with other mistakes", async () => {
    const hole = { use: { kind: "transform" as const, name: "scal", with: {} }, from: ["prise", "day"], as: "scaled" };
    const told = async (part: Partial<ResolvedModel>, left: readonly Path[] = []) => (await readableIssues({ model: { ...MODEL, ...part }, left }, FIELDS, registry, {} as PluginContext)).map(({ path }) => formatPath(path.slice(2)));
    const metrics = [{ kind: "metric", name: "loss", with: { by: 3 } }, { kind: "metric", name: "loss", with: { by: "cty" } }] as const;
    expect(await told({ features: [hole, transform("code", ["scaled"]), transform("code", ["cty"]), transform("scale", ["city"])], check: [{ kind: "check", name: "filled", with: {} }], evaluate: { ...MODEL.evaluate, metrics } })).toEqual(["features[0].from[0]", "features[2].from[0]", "features[3].from[0]", "evaluate.metrics[1].with.by"]);
    const classes = { kind: "trainer", name: "classes", with: {} } as const;
    expect(await told({ train: classes, features: [] })).toEqual(["features", "train"]);
    // Without the features nothing can be said of what is left for the trainer, nor without columns.task of the problem.
    expect(await told({ train: classes, features: [], columns: { ...COLUMNS, key: "cty" } }, [["features"], ["columns", "task"]])).toEqual(["columns.key"]);
  });

  it("finds the columns that options name, though others of them are wrong", async () => {
    const wrong = [{ kind: "check", name: "filled", with: { columns: ["city", "prise", 3], atMost: "few" } }, { kind: "check", name: "filled", with: { columns: "citi", atMost: 1 } }] as const;
    const issues = await readableIssues({ model: { ...MODEL, check: wrong }, left: [] }, FIELDS, registry, {} as PluginContext);
    expect(issues.map(({ path, nearest, plugin }) => [formatPath(path.slice(2)), nearest, plugin])).toEqual([["check[0].with.columns[1]", "price", "acme"]]);
  });

  it("takes columns as columns.types declares them", async () => {
    expect(await issuesOf({ columns: { types: { city: "float64" } }, features: [transform("scale", ["city"])] })).toEqual([]);
  });
});
