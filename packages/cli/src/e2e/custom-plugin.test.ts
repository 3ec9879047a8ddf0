import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { millrace } from "../../fixtures/millrace-process.js";

const EXAMPLE = fileURLToPath(new URL("../../../../examples/custom-plugin/", import.meta.url));
// Below this package, so that zod is found as if the example had installed it.
const ROOT = fileURLToPath(new URL("../../.tmp/", import.meta.url));

let folder: string;
beforeAll(() => {
  mkdirSync(ROOT, { recursive: true });
  folder = mkdtempSync(join(ROOT, "custom-plugin-"));
  cpSync(EXAMPLE, folder, { recursive: true, filter: (path) => ![".millrace", "node_modules"].includes(basename(path)) });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verdicts = async (): Promise<Readonly<Record<string, string>>> => {
  const [plan] = (await millrace(folder, "plan", "--json")).json<{ readonly tasks: readonly { readonly id: string; readonly verdict: string }[] }>();
  return Object.fromEntries(plan!.tasks.map(({ id, verdict }) => [id, verdict]));
};

it("a transform, a metric and a step beside the config go through a run, are reused, and run again when their code changes", async () => {
  const first = await millrace(folder, "run");
  expect(first.code, first.err).toBe(0);
  expect(first.out + first.err).toContain("cups/worst-days");
  expect(new Set(Object.values(await verdicts()))).toEqual(new Set(["reuse"]));

  const file = join(folder, "stall/worst-days.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace("const MOST = 5;", "const MOST = 3;"));
  // The folder is one plugin: what any of its files does is in the key of each task that calls it.
  expect(await verdicts()).toMatchObject({ "cups/read": "reuse", "cups/split": "reuse", "cups/fit": "run", "cups/train": "run-unless-same", "cups/worst-days": expect.stringMatching(/^run/) });
  const again = await millrace(folder, "run");
  expect(again.code, again.err).toBe(0);
  expect(await verdicts()).toMatchObject({ "cups/train": "reuse", "cups/worst-days": "reuse" });
});

it("`millrace plugins` shows what the folder brings", async () => {
  const { code, out } = await millrace(folder, "plugins", "lost-money");
  expect(code).toBe(0);
  expect(out).toContain("metric lost-money of stall 1.0.0");
  expect(out).toMatch(/wasted +number +0\.3/);
});
