import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ErrorCodes } from "@millrace/core";
import { expect, it, onTestFinished } from "vitest";
import { millrace } from "../../fixtures/captured.js";

const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-explain-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

it("knows every code of every package", async () => {
  const { code, json } = await millrace(folderWith({}), "explain", "--json");
  expect(code).toBe(0);
  const files = readdirSync(PACKAGES).flatMap((name) => ["errors/codes.ts", "error-codes.ts"].map((file) => `${PACKAGES}${name}/src/${file}`).filter((file) => existsSync(file)));
  const tables = await Promise.all(files.map(async (file) => ((await import(file)) as { readonly ERROR_CODES: ErrorCodes }).ERROR_CODES));
  const expected = tables.flatMap((table) => Object.keys(table)).sort();
  expect(expected.length).toBeGreaterThan(100);
  expect(json().map((one) => one.code)).toEqual(expected);
});

it("shows the page of a code, however it is written", async () => {
  const { out } = await millrace(folderWith({}), "explain", "check-failed");
  for (const text of ["CHECK_FAILED", "The data breaks an expectation.", "What to do", "under `check`", "@millrace/core", "3 (data or check)", "CHECK_COLUMN"]) expect(out).toContain(text);
});

it("names the nearest code, or those of the area", async () => {
  expect(await millrace(folderWith({}), "explain", "CHEK_FAILED")).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean CHECK_FAILED? Run: millrace explain CHECK_FAILED") });
  expect((await millrace(folderWith({}), "explain", "CHECK_SOMETHING_ELSE_ALTOGETHER")).err).toContain("Use one of: CHECK_COLUMN, CHECK_FAILED.");
});

it("knows the codes of the project's own plugins, and works where the config has mistakes", async () => {
  const plugin = 'export default () => ({ contract: 1, name: "acme", version: "1.0.0", url: import.meta.url, extensions: [], apply() {}, errors: async () => ({ ACME_DOWN: { means: "Acme sleeps.", mend: "Wake it." } }) });\n';
  const config = { schema: 1, project: "p", plugins: ["./acme.mjs"], models: {} };
  const right = folderWith({ "acme.mjs": plugin, "millrace.config.json": JSON.stringify(config) });
  expect((await millrace(right, "explain", "ACME_DOWN", "--json")).json()).toEqual([{ code: "ACME_DOWN", means: "Acme sleeps.", mend: "Wake it.", exit: 1, package: "acme" }]);
  const wrong = folderWith({ "millrace.config.json": JSON.stringify({ ...config, plugins: [], modls: {} }) });
  expect((await millrace(wrong, "explain", "CONFIG_INVALID")).code).toBe(0);
});
