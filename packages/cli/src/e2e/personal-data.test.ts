import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { millrace } from "../../fixtures/captured.js";
import { projectFolders, writeFiles } from "../../fixtures/project-folders.js";
import { jsonLines } from "../../fixtures/shop.js";
import { loadModel } from "../load-model.js";

// Every personal column in every role that a column can have: key, feature, category, slice, time of the split, weight of a check, target of a regression.
const MAILS = ["quokka@secret.example", "wombat@secret.example", "numbat@secret.example", "potoroo@secret.example"];
const COUNT = 160;

interface Person {
  readonly name: string;
  readonly mail: string;
  readonly born: string;
  readonly salary: number;
  readonly age: number;
  readonly sold: boolean;
}

const PEOPLE: readonly Person[] = (() => {
  const random = seeded("people");
  return Array.from({ length: COUNT }, (_, at) => {
    const age = 20 + Math.floor(random() * 50);
    const salary = Math.round((61_013.37 + age * 517.39 + random() * 9_000) * 100) / 100;
    return { name: `Zz${["Aurelia", "Bartholomew", "Clementine"][at % 3]!}-${at}`, mail: MAILS[at % MAILS.length]!, born: new Date(Date.UTC(1961, 2, 1 + at * 11, 4, 33, 17)).toISOString(), salary, age, sold: random() < (age - 15) / 60 };
  });
})();

/** What must be nowhere: texts, numbers as any of the ways in which they are written, times as text and as epoch milliseconds. */
const SECRETS: readonly string[] = PEOPLE.flatMap(({ name, mail, born, salary }) => [
  name, mail, mail.split("@")[0]!, born, born.slice(0, 16), born.slice(0, 16).replace("T", " "), String(Date.parse(born)), String(salary), salary.toLocaleString("en-US"), salary.toFixed(2),
]);

const found = (text: string) => [...new Set(SECRETS.filter((secret) => text.includes(secret)))];
const project = projectFolders();
let folder = "";
const outputs = new Map<string, string>();

async function call(...argv: readonly string[]): Promise<string> {
  const { out, err } = await millrace(folder, ...argv);
  outputs.set(argv.join(" "), `${out}\n${err}`);
  return `${out}\n${err}`;
}

const pii = ["name", "mail", "born", "salary"];
const source = { use: "json", with: { files: "people.jsonl" } };
const types = { born: "timestamp" };
const CONFIG = {
  schema: 1,
  project: "people",
  models: {
    sold: {
      source,
      columns: { key: "name", time: "born", target: "sold", positive: true, pii, types, rest: "drop" },
      check: [
        { use: "unique", with: { columns: ["mail"], severity: "warning" } },
        { use: "in-set", with: { columns: ["mail", "name"], values: ["nobody"], severity: "warning" } },
        { use: "range", with: { columns: ["salary"], maximum: 1, severity: "warning" } },
        { use: "pattern", with: { columns: ["name"], pattern: "^A", severity: "warning" } },
        { use: "leakage", with: { threshold: 1, warnFrom: 0.5 } },
      ],
      split: { use: "time", with: { validation: "1y", test: "1y" } },
      features: [
        { use: "category", from: ["mail"] },
        { use: "target-encode", from: ["mail"], as: "rate" },
        { use: "standardize", from: ["salary", "age"] },
        { use: "date-parts", from: ["born"], with: { parts: ["month"] } },
      ],
      train: "logistic",
      evaluate: { metrics: ["roc-auc", "ece", "confusion"], slices: ["mail"], baselines: ["prior"] },
      register: { alias: "champion" },
    },
    pay: {
      source,
      columns: { key: "name", target: "salary", pii, types, ignore: ["born", "sold", "mail"], rest: "drop" },
      check: [],
      split: { use: "random", with: { validation: 0.2, test: 0.2 } },
      features: [{ use: "standardize", from: ["age"] }],
      train: "ridge",
      after: ["target-standardize"],
      evaluate: { metrics: ["rmse", "residuals"], slices: ["mail"], baselines: ["mean"] },
      register: { alias: "champion" },
    },
  },
};

beforeAll(async () => {
  folder = project({ "people.jsonl": jsonLines(PEOPLE), "millrace.config.json": CONFIG });
  expect(await call("run", "--debug")).toContain("succeeded");
}, 300_000);

describe("personal data", () => {
  it("is planted where it can be found: the model needs its categories, and has them in its file", () => {
    const onnx = readFileSync(join(folder, ".millrace/models/sold/1/model.onnx"), "latin1");
    expect(MAILS.filter((mail) => onnx.includes(mail))).toEqual(MAILS);
    expect(onnx).toContain("millrace.signature");
    expect(found(onnx.slice(onnx.indexOf("millrace.signature")))).toEqual([]);
  });

  it("is in no output of any command", async () => {
    for (const argv of [["run"], ["run", "--from", "sold/train", "--json"], ["plan"], ["plan", "--json"], ["why", "sold/train"], ["why", "sold/check", "--json"], ["config"], ["types"], ["doctor", "--deep"], ["gc", "--dry-run"], ["schema"], ["runs"], ["runs", "show", "last", "--json"], ["runs", "compare", "last", "last"], ["models", "--json"], ["models", "show", "sold@1", "--json"], ["models", "show", "pay@1"]]) await call(...argv);
    for (const what of ["last", "sold@champion", "pay@1"]) {
      await call("report", what, "--json");
      await call("report", what, "--out", "report.html");
      outputs.set(`the page of ${what}`, readFileSync(join(folder, "report.html"), "utf8"));
    }
    outputs.set("the types", readFileSync(join(folder, "millrace.types.d.ts"), "utf8"));
    expect(outputs.get("report last --json")).toContain('"kind":"masked"');
    expect(outputs.get("the page of sold@champion")).toContain("(masked 1)");
    for (const [output, text] of outputs) expect(found(text), output).toEqual([]);
  });

  it("is in no record, no card, no certificate and no golden row", () => {
    // All that a run leaves, but for the data itself, which lies among the artifacts, and the file of the model, whose dictionary it needs.
    const files = readdirSync(join(folder, ".millrace"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== "model.onnx").map(({ parentPath, name }) => join(parentPath, name));
    const left = files.filter((file) => !file.startsWith(join(folder, ".millrace/artifacts")));
    for (const file of ["store.sqlite", "models/sold/1/card.md", "models/pay/1/certificate.json"]) expect(left).toContain(join(folder, ".millrace", file));
    for (const file of left) expect(found(readFileSync(file, "latin1")), file).toEqual([]);
    const artifact = (digest: string) => readFileSync(join(folder, ".millrace/artifacts", digest.slice(7, 9), digest.slice(9)), "latin1");
    for (const ref of ["sold@1", "pay@1"]) {
      const { version } = JSON.parse(outputs.get(`models show ${ref} --json`) ?? outputs.get("models --json")!.split("\n").find((line) => line.includes(`"model":"${ref.slice(0, -2)}"`))!.replace(/^/, '{"version":').replace(/$/, "}")) as { version: Record<string, string> };
      for (const name of ["golden", "signature", "metrics", "card", "certificate", "lineage"]) expect(found(artifact(version[name]!)), `${ref} ${name}`).toEqual([]);
    }
  });
});

describe("a refusal does not quote personal data", () => {
  const fails = async (files: Readonly<Record<string, unknown>>, ...argv: readonly string[]) => {
    writeFiles(folder, files);
    const { code, out, err } = await millrace(folder, ...argv, "--debug");
    expect(code).not.toBe(0);
    expect(found(`${out}${err}`), err).toEqual([]);
    const shown = await millrace(folder, "runs", "show", "last", "--json");
    expect(found(shown.out)).toEqual([]);
    return err;
  };
  const config = (change: (sold: Record<string, never> & Record<string, unknown>) => void) => {
    const changed = structuredClone(CONFIG) as unknown as { models: { sold: never; pay?: unknown } };
    delete changed.models.pay;
    change(changed.models.sold);
    return { "millrace.config.json": changed };
  };
  const row = JSON.stringify(PEOPLE[3]);

  it.each<readonly [string, (sold: { columns: Record<string, unknown>; source: unknown; check: unknown; split: unknown }) => void, Readonly<Record<string, string>>, string]>([
    ["a check that fails", (sold) => (sold.check = [{ use: "unique", with: { columns: ["mail"] } }, { use: "range", with: { columns: ["salary"], maximum: 1 } }]), {}, "CHECK_FAILED"],
    ["a value that is not of the type declared for its column", (sold) => ((sold.check = []), (sold.columns["types"] = { born: "timestamp", name: "float64" })), {}, "DATA_TYPE"],
    ["a line of CSV with too many values", (sold) => (sold.source = { use: "csv", with: { files: "people.csv" } }), { "people.csv": `name,mail,born,salary,age,sold\n${`a,b,1990-01-01,1,1,true\n`.repeat(30)}${PEOPLE[3]!.name},${MAILS[0]!},1990-01-01,1,1,true,too,many\n` }, "SOURCE_BAD_ROW"],
    ["a value of CSV that cannot be read", (sold) => (sold.source = { use: "csv", with: { files: "people.csv", types: { salary: "float64" } } }), { "people.csv": `name,mail,born,salary,age,sold\na,b,1990-01-01,${PEOPLE[3]!.name},1,true\n` }, "SOURCE_BAD_ROW"],
    ["a cast of SQL that fails", (sold) => (sold.source = { use: "sql", with: { query: "SELECT * REPLACE (name::INTEGER AS name) FROM p", files: { p: "people.jsonl" } } }), {}, "SOURCE_SQL"],
    ["a text with NUL", (sold) => (sold.source = { use: "sql", with: { query: "SELECT * REPLACE (name || chr(0) AS name) FROM p", files: { p: "people.jsonl" } } }), {}, "FRAME_NUL"],
    ["a file cut off within a row", (sold) => (sold.source = { use: "json", with: { files: "cut.jsonl" } }), { "cut.jsonl": `${row}\n${row.slice(0, 60)}` }, "SOURCE_BAD_FILE"],
    ["one class only", (sold) => (sold.split = { use: "random", with: {} }), { "people.jsonl": jsonLines(PEOPLE.map((person) => ({ ...person, sold: true }))) }, "DATA_ONE_CLASS"],
  ])("%s", async (_, change, files, code) => {
    writeFiles(folder, { "people.jsonl": jsonLines(PEOPLE) });
    expect(await fails({ ...files, ...config(change as never) }, "run")).toContain(code);
  });

  it("classes that are personal: nothing is started", async () => {
    writeFiles(folder, { "people.jsonl": jsonLines(PEOPLE) });
    const err = await fails(config((sold) => (sold["columns"] = { key: "name", target: "mail", pii, types, rest: "drop" } as never)), "run", "--set", 'models.sold.split={"use":"random"}', "--set", 'models.sold.features=[{"use":"standardize","from":["age"]}]', "--set", "models.sold.check=[]");
    expect(err).toContain("classes that the model would answer with");
  });

  it("predict and loadModel", async () => {
    writeFiles(folder, { "people.jsonl": jsonLines(PEOPLE), "millrace.config.json": CONFIG, "odd.jsonl": jsonLines([{ ...PEOPLE[3], salary: PEOPLE[3]!.name }]), "odd.csv": `mail,salary,age,born\n${MAILS[0]!},1,2,1990-01-01,${PEOPLE[4]!.name}\n${MAILS[1]!},1,2,1990-01-01\n` });
    for (const file of ["odd.jsonl", "odd.csv"]) await fails({}, "predict", "sold@1", "--in", file);
    await using model = await loadModel("sold@1", { project: folder });
    const refusal = await (model.predict([{ mail: MAILS[0]!, salary: PEOPLE[5]!.name, age: 3, born: null }]) as Promise<unknown>).catch((error: unknown) => error as { message: string; facts: object; stack: string });
    const { message, facts, stack } = refusal as { message: string; facts: object; stack: string };
    expect(message).toContain("(masked)");
    expect(found(`${message}${JSON.stringify(facts)}${stack}`)).toEqual([]);
  });
});
