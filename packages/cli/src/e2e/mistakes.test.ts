import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { millrace } from "../../fixtures/millrace-process.js";
import { projectFolders, type Files } from "../../fixtures/project-folders.js";
import { jsonLines, orders } from "../../fixtures/shop.js";

const project = projectFolders();

const ROWS = orders(120).map(({ city, price, returned }) => ({ city, price, returned: returned ? "yes" : "no" }));
const CONFIG = `schema: 1
project: shop
models:
  returned:
    source: { use: json, with: { files: rows.jsonl } }
    columns: { target: returned, positive: "yes" }
    split: random
    features:
      - { use: category, from: [city] }
      - { use: standardize, from: [price] }
    train: { use: logistic, with: { l2: 1 } }
`;

interface Mistake {
  /** Over the files of a project that is right. */
  readonly files?: Files;
  readonly argv: readonly string[];
  readonly exit: number;
  readonly code: string;
  /** What the message must say. */
  readonly says: readonly string[];
  /** What to do. */
  readonly mend: string;
}

const yaml = (from: string, to: string): Files => ({ "millrace.config.yaml": CONFIG.replace(from, to) });
const rows = (chosen: readonly object[]): Files => ({ "rows.jsonl": jsonLines(chosen) });
const set = (path: string, value: string) => ["run", "--set", `models.returned.${path}=${value}`];

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "an unknown key": { files: yaml("columns:", "colums:"), argv: ["run"], exit: 2, code: "CONFIG_INVALID", says: ["millrace.config.yaml:6:5 models.returned.colums: is no key of models.returned.", "nothing was started"], mend: 'Did you mean "columns"?' },
  "an unknown option": { files: yaml("{ l2: 1 }", "{ l3: 1 }"), argv: ["run"], exit: 2, code: "CONFIG_INVALID", says: ["millrace.config.yaml:11:37 models.returned.train.with.l3"], mend: '"l2"' },
  "an unknown trainer": { files: yaml("use: logistic", "use: logistc"), argv: ["run"], exit: 2, code: "CONFIG_INVALID", says: ["millrace.config.yaml:11:14 models.returned.train.use", '"logistc"'], mend: 'Did you mean "logistic"?' },
  "a transform of another kind": { files: yaml("use: category", "use: logistic"), argv: ["run"], exit: 2, code: "CONFIG_INVALID", says: ["models.returned.features[0].use", '"logistic"'], mend: "Use one of" },
  "a data file that is not there": { argv: set("source.with.files", "row.jsonl"), exit: 3, code: "SOURCE_NO_FILE", says: ['"row.jsonl"'], mend: 'Did you mean "rows.jsonl"?' },
  "a damaged data file": { files: { "rows.jsonl": '{"city": "Bern"\n' }, argv: ["run"], exit: 3, code: "SOURCE_BAD_FILE", says: ["rows.jsonl"], mend: "" },
  "a target that is no column": { argv: set("columns.target", "retruned"), exit: 2, code: "CONFIG_INVALID", says: ['--set models.returned.columns.target: is no column of the source: "retruned".'], mend: 'Did you mean "returned"?' },
  "a feature of a column that is not there": { argv: set("features.1.from", '["prcie"]'), exit: 2, code: "CONFIG_INVALID", says: ['features[1].from[0]: is neither a column nor an earlier feature: "prcie".'], mend: 'Did you mean "price"?' },
  "a feature of the target": { argv: set("features.1.from", '["returned"]'), exit: 2, code: "CONFIG_INVALID", says: ["features[1].from", '"returned"', "the target"], mend: "" },
  "a feature of a column of another type": { argv: set("features.1.from", '["city"]'), exit: 2, code: "CONFIG_INVALID", says: ["features[1].from[0]: `standardize`", '"city"', "(@millrace/plugin-features)"], mend: "Give it columns of numbers" },
  "a target with one class": { files: rows(ROWS.filter(({ returned }) => returned === "yes")), argv: ["run"], exit: 3, code: "DATA_ONE_CLASS", says: ['"returned"', '"yes"'], mend: "Read rows of both classes" },
  "a positive class that never comes": { argv: set("columns.positive", "maybe"), exit: 3, code: "DATA_NO_POSITIVE", says: ['"maybe"'], mend: "Use one of: no, yes." },
  "an empty table": { files: { "rows.csv": "city,price,returned\n" }, argv: set("source", '{"use":"csv","with":{"files":"rows.csv"}}'), exit: 3, code: "DATA_EMPTY", says: ["no rows"], mend: "Check the query or the files" },
  "a broken expectation": { argv: set("check", '[{"use":"range","with":{"columns":["price"],"maximum":100}}]'), exit: 3, code: "CHECK_FAILED", says: ['column "price"', "(-infinity, 100]", "Rows: "], mend: "under `check`" },
  "an unknown command": { argv: ["rnu"], exit: 2, code: "USAGE_COMMAND", says: ['"rnu"'], mend: 'Did you mean "run"?' },
  "an unknown option of a command": { argv: ["run", "--smaple", "9"], exit: 2, code: "USAGE_ARGUMENT", says: ["--smaple"], mend: 'Did you mean "--sample"?' },
  "an unknown task": { argv: ["why", "returned/trian"], exit: 2, code: "PLAN_UNKNOWN_TASK", says: ['"returned/trian"'], mend: 'Did you mean "returned/train"?' },
  "an unknown model of the config": { argv: ["run", "retruned"], exit: 2, code: "MODEL_UNKNOWN", says: ['"retruned"'], mend: 'Did you mean "returned"?' },
  "a model that is not registered": { argv: ["predict", "returned@champion", "--in", "rows.jsonl"], exit: 2, code: "MODEL_NOT_FOUND", says: ['"returned"'], mend: "millrace run" },
  "a reference that names no version": { argv: ["models", "show", "returned@@1"], exit: 2, code: "MODEL_REF", says: ['"returned@@1"'], mend: '"delays@champion"' },
  "an overlay that is not there": { argv: ["plan", "--env", "staging"], exit: 2, code: "CONFIG_", says: ["staging"], mend: "" },
  "an empty config": { files: { "millrace.config.yaml": "" }, argv: ["run"], exit: 2, code: "CONFIG_NO_OBJECT", says: ["millrace.config.yaml is empty"], mend: "schema, project and models" },
  "broken syntax in YAML": { files: yaml("project: shop", "project: [shop"), argv: ["run"], exit: 2, code: "CONFIG_SYNTAX", says: ["millrace.config.yaml:"], mend: "Mend the syntax" },
};

async function mistaken({ files = {}, argv }: Mistake, ...more: readonly string[]) {
  return millrace(project({ "millrace.config.yaml": CONFIG, "rows.jsonl": jsonLines(ROWS), ...files }), ...argv, ...more);
}

it.each(Object.entries(MISTAKES))("%s", async (_, mistake) => {
  const { code, err } = await mistaken(mistake);
  expect({ code, err: err.slice(0, mistake.code.length + 6) }).toEqual({ code: mistake.exit, err: `error ${mistake.code}` });
  for (const text of [...mistake.says, mistake.mend]) expect(err).toContain(text);
  // What a person reads: the mistake and its mend, and nothing of how the program is made.
  expect(err).not.toMatch(/^\s+at /m);
  expect(err).not.toMatch(/node_modules|dist\//);
});

it("broken syntax in TypeScript, with a stack only where one is asked for", async () => {
  const folder = project({ "millrace.config.ts": 'import { defineConfig } from "millrace";\nexport default defineConfig({\n  schema: 1\n  project: "shop",\n});\n' });
  const plain = await millrace(folder, "run");
  expect(plain.code).toBe(2);
  expect(plain.err).toMatch(/^error CONFIG_SYNTAX: .*millrace\.config\.ts:4:3: /);
  expect(plain.err).not.toMatch(/^\s+at /m);
  const debug = await millrace(folder, "run", "--debug");
  expect(debug.code).toBe(2);
  expect(debug.err).toMatch(/^\s+at /m);
});

it("no config at all", async () => {
  const folder = project({});
  const { code, err } = await millrace(folder, "run");
  expect(code).toBe(2);
  expect(err).toContain(`error CONFIG_NOT_FOUND: There is no millrace.config.`);
  expect(err).toContain(`Create ${join(folder, "millrace.config.ts")}`);
});

it("a state folder that cannot be written", async () => {
  const folder = project({ "millrace.config.yaml": CONFIG, "rows.jsonl": jsonLines(ROWS), ".millrace": "a file where the folder should be" });
  const { code, err } = await millrace(folder, "run");
  expect(code).toBe(1);
  expect(err).toMatch(/^error [A-Z_]+: /);
  expect(err).not.toMatch(/^\s+at /m);
});

it("scripts get the same as JSON", async () => {
  for (const mistake of [MISTAKES["an unknown key"]!, MISTAKES["an empty table"]!]) {
    const { code, err } = await mistaken(mistake, "--json");
    expect(code).toBe(mistake.exit);
    expect(JSON.parse(err)).toMatchObject({ error: { code: mistake.code, message: expect.any(String), mend: expect.any(String), facts: expect.any(Object) } });
  }
});

it.each([["a name", "use: logistic", "use: logistc"], ["a column", "from: [price]", "from: [prcie]"], ["a type", "from: [price]", "from: [city]"]])("a mistake in %s starts nothing and leaves nothing", async (_, right, wrong) => {
  const folder = project({ "millrace.config.yaml": CONFIG.replace(right, wrong), "rows.jsonl": jsonLines(ROWS) });
  expect((await millrace(folder, "run")).err).toContain("nothing was started");
  expect(readdirSync(folder).sort()).toEqual(["millrace.config.yaml", "rows.jsonl"]);
});
