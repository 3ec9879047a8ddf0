import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { millraceWith } from "../../fixtures/millrace-process.js";
import { projectFolders, writeFiles } from "../../fixtures/project-folders.js";

const project = projectFolders();

/** A source behind a password: it logs what it was given, and says it again when it fails. */
const PLUGIN = `import { createFrame, defineExtension, definePlugin, digestOfJson, field, fromRows } from "@millrace/core";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
const fields = [field("price", "float64"), field("returned", "string")];
const rows = Array.from({ length: 200 }, (_, row) => ({ price: (row * 37) % 100, returned: (row * 37) % 100 > 10 + ((row * 53) % 80) ? "yes" : "no" }));
const options = z.strictObject({
  host: z.string().meta({ location: true }).describe("Where it is."),
  url: z.string().meta({ secret: true }).describe("Who asks."),
  table: z.string().describe("What is read."),
});
const create = ({ host, url, table }, { log }) => {
  log.warn({ host, url, err: new Error("no index for " + url) }, "asking " + host + " as " + url);
  return {
    fields: async () => fields,
    partitions: async () => [{ id: table, digest: digestOfJson({ table }) }],
    async *read() {
      if (table === "broken") throw new Error("refused: password " + new URL(url).password + " of " + url, { cause: new Error(url) });
      yield fromRows(fields, rows);
    },
  };
};
export default () => definePlugin({ name: "vault", version: "1.0.0", url: import.meta.url, extensions: [defineExtension("source", { name: "vault", summary: "Rows behind a password", options, create })] });
`;

const config = (host: string, table = "orders"): string => `schema: 1
project: shop
plugins: [./vault.mjs]
models:
  returned:
    source: { use: vault, with: { host: ${host}, url: "\${env:VAULT_URL}", table: ${table} } }
    columns: { target: returned, positive: "yes" }
    split: random
    features: [{ use: standardize, from: [price] }]
    train: logistic
    evaluate: { metrics: [roc-auc] }
`;

const PASSWORDS = ["hunter2-first", "correct-horse-second"] as const;
const asWho = (password: string) => ({ env: { VAULT_URL: `https://me:${password}@vault.example` } });

/** All that a project has left in its files. */
function textsIn(folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as readonly string[]).map((name) => join(folder, name)).filter((path) => statSync(path).isFile()).map((path) => readFileSync(path, "latin1"));
}

function expectNoSecret(texts: readonly string[]): void {
  for (const text of texts) for (const password of PASSWORDS) expect(text).not.toContain(password);
}

it("a rotated password and a moved host leave every key as it was, so that nothing runs again", async () => {
  const folder = project({ "vault.mjs": PLUGIN, "millrace.config.yaml": config("db-1") });
  const first = await millraceWith(asWho(PASSWORDS[0]), folder, "run", "--json");
  expect(first.code, first.err).toBe(0);
  const keys = async (password: string) => {
    const [plan] = (await millraceWith(asWho(password), folder, "plan", "--json")).json<{ readonly config: string; readonly tasks: readonly { readonly id: string; readonly key: string; readonly verdict: string }[] }>();
    return { config: plan!.config, tasks: plan!.tasks.map(({ id, key, verdict }) => ({ id, key, verdict })) };
  };
  const before = await keys(PASSWORDS[0]);
  expect(new Set(before.tasks.map(({ verdict }) => verdict))).toEqual(new Set(["reuse"]));
  writeFiles(folder, { "millrace.config.yaml": config("db-2.elsewhere") });
  expect(await keys(PASSWORDS[1])).toEqual(before);
  const [again] = (await millraceWith(asWho(PASSWORDS[1]), folder, "run", "--json")).json<{ readonly tasks: readonly { readonly status: string }[] }>();
  expect(new Set(again!.tasks.map(({ status }) => status))).toEqual(new Set(["reused"]));
  writeFiles(folder, { "millrace.config.yaml": config("db-2.elsewhere", "returns") });
  expect((await keys(PASSWORDS[1])).tasks[0]!.key).not.toBe(before.tasks[0]!.key);
});

it("a secret is in no output, no log and no file, and its error says it neither", async () => {
  const folder = project({ "vault.mjs": PLUGIN, "millrace.config.yaml": config("db-1") });
  const said: string[] = [];
  const call = async (...argv: readonly string[]) => {
    const { code, out, err } = await millraceWith(asWho(PASSWORDS[0]), folder, ...argv);
    said.push(out, err);
    return { code, out, err };
  };
  const shown = await call("config");
  expect(shown.out).toMatch(/source\.with\.url +"\$\{env:VAULT_URL\}" +millrace\.config\.yaml:6:\d+, \$\{env:VAULT_URL\}/);
  const { origins } = JSON.parse((await call("config", "--json")).out) as { readonly origins: Readonly<Record<string, object>> };
  expect(origins["models.returned.source.with.url"]).toMatchObject({ kind: "file", line: 6, reference: "${env:VAULT_URL}" });
  expect(origins["models.returned.source.with.host"]).toMatchObject({ kind: "file", line: 6, reference: null });
  const ran = await call("run", "--debug");
  expect(ran.code, ran.err).toBe(0);
  expect(ran.err).toContain("asking db-1 as ***");
  await call("plan", "--json");
  await call("why", "returned/read", "--json");
  writeFiles(folder, { "millrace.config.yaml": config("db-1", "broken") });
  const failed = await call("run", "--debug");
  expect(failed.code).toBe(1);
  expect(failed.err).toContain("refused: password *** of ***");
  expect((await call("run", "--json")).err).toContain("refused: password *** of ***");
  expect((await call("run", "--set", "executor=threads")).err).toContain("refused: password *** of ***");
  await call("runs", "list", "--json");
  expectNoSecret([...said, ...textsIn(join(folder, ".millrace"))]);
});

it("a secret in plain text is refused, whatever stands beside a reference", async () => {
  for (const url of ["https://me:hunter2-first@vault.example", "https://me:hunter2-first@${env:HOST}", "${env:VAULT_URL:-https://me:hunter2-first@vault.example}", '{ file: "./url.txt" }']) {
    const folder = project({ "vault.mjs": PLUGIN, "url.txt": "https://me:hunter2-first@vault.example", "millrace.config.yaml": config("db-1").replace('"${env:VAULT_URL}"', url.startsWith("{") ? url : JSON.stringify(url)) });
    const { code, err } = await millraceWith({ env: { HOST: "h" } }, folder, "config");
    expect(code).toBe(2);
    expect(err).toMatch(/models\.returned\.source\.with\.url: (holds|is) a secret/);
    expectNoSecret([err]);
  }
});
