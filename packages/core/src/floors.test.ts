import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const WORKSPACE = fileURLToPath(new URL("../../../", import.meta.url));
const OXLINT = join(WORKSPACE, "node_modules/oxlint/bin/oxlint");

/** From the ground up. Beside them: `errors` on the ground, and `statistics`, which stands on it. */
const FLOORS = ["contracts", "frame", "fold", "graph", "record", "hooks", "plugin", "config", "plan", "run", "policy", "engine", "testkit"] as const;

/** The rules that the linter says are broken by files at these paths of a workspace, linted by this workspace's config. */
async function broken(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-floors-"));
  try {
    await copyFile(join(WORKSPACE, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const output = await new Promise<string>((resolve) => execFile(process.execPath, [OXLINT, "--format=json"], { cwd: folder }, (_error, stdout) => resolve(stdout)));
    const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly { readonly code: string; readonly filename: string }[] };
    return diagnostics.map(({ code, filename }) => `${filename}: ${code}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Import = readonly [from: string, to: string];

/** For each pair, a file on one floor that imports from another. */
function planted(imports: readonly Import[], word = "import"): Readonly<Record<string, string>> {
  return Object.fromEntries(
    imports.flatMap(([from, to], index) => [
      [`packages/core/src/${from}/planted-${index}.ts`, `${word} { it } from "../${to}/imported-${index}.js";\nexport const planted = (): typeof it | null => null;\n`],
      [`packages/core/src/${to}/imported-${index}.ts`, "export const it = 1;\n"],
    ]),
  );
}

it("knows every folder of the core", () => {
  const folders = readdirSync(new URL("./", import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => ![...FLOORS, "errors", "statistics"].includes(name))).toEqual([]);
});

it("refuses an import from each floor to the one above it, and to the top", async () => {
  const upward = FLOORS.slice(0, -1).flatMap((floor, index): readonly Import[] => [[floor, FLOORS[index + 1]!], [floor, "testkit"]]);
  const refused = upward.map(([from], index) => `packages/core/src/${from}/planted-${index}.ts: eslint(no-restricted-imports)`);
  expect([...(await broken(planted(upward)))].sort()).toEqual(refused.sort());
});

it("allows an import from each floor to the one below it, and to the ground", async () => {
  const downward = FLOORS.slice(1).flatMap((floor, index): readonly Import[] => [[floor, FLOORS[index]!], [floor, "errors"]]);
  expect(await broken(planted(downward))).toEqual([]);
});

it("counts type imports", async () => {
  expect(await broken(planted([["frame", "graph"]], "import type"))).toEqual(["packages/core/src/frame/planted-0.ts: eslint(no-restricted-imports)"]);
});

it("refuses a loop of imports, though each is a type", async () => {
  const loop = {
    "packages/core/src/frame/left.ts": 'import type { Right } from "./right.js";\nexport type Left = { readonly right: Right };\n',
    "packages/core/src/frame/right.ts": 'import type { Left } from "./left.js";\nexport type Right = { readonly left: Left };\n',
  };
  expect(await broken(loop)).toContain("packages/core/src/frame/left.ts: import(no-cycle)");
});

it("refuses a plugin that imports another one, and a core that imports any", async () => {
  const text = 'import other from "@millrace/plugin-other";\nexport const planted = other;\n';
  expect(await broken({ "packages/plugin-one/src/planted.ts": text })).toEqual(["packages/plugin-one/src/planted.ts: eslint(no-restricted-imports)"]);
  expect(await broken({ "packages/core/src/run/planted.ts": text })).toEqual(["packages/core/src/run/planted.ts: eslint(no-restricted-imports)"]);
  expect(await broken({ "packages/cli/src/planted.ts": text })).toEqual([]);
});
