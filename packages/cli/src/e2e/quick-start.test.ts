import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { blocksOf, type CodeBlock } from "../../fixtures/code-blocks.js";
import { projectFolders } from "../../fixtures/project-folders.js";

// The quick start, done as it stands: its shell blocks in order, its config, its program.

const project = projectFolders();
const workspace = fileURLToPath(new URL("../../../../", import.meta.url));
const blocks = blocksOf("docs/quick-start.md");
const shell = blocks.filter(({ language }) => language === "sh");
const typescript = blocks.filter(({ language }) => language === "ts");

/** npx that has the command already, and an npm that installs it from the workspace: nothing is fetched. */
function commands(folder: string): string {
  const bin = join(folder, ".bin");
  mkdirSync(bin);
  const write = (name: string, lines: readonly string[]): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${lines.join("\n")}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  write("npx", ['[ "$1" = millrace ] || exit 1', "shift", `exec "${process.execPath}" "${join(workspace, "packages/cli/bin/millrace.mjs")}" "$@"`]);
  const npm = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
  write("npm", ['if [ "$1" = install ]; then', `  mkdir -p node_modules && ln -s "${join(workspace, "packages/cli")}" node_modules/millrace`, "  exit", "fi", `exec "${npm}" "$@"`]);
  return bin;
}

/** Runs a block; each of its lines must end well. */
function run(folder: string, { code, line }: CodeBlock, replace: Readonly<Record<string, string>> = {}): string {
  const text = Object.entries(replace).reduce((lines, [from, to]) => lines.replaceAll(from, to), code);
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", text], { cwd: folder, encoding: "utf8", env: { ...process.env, PATH: `${join(folder, ".bin")}:${process.env["PATH"]}`, NO_COLOR: "1" } });
  expect({ line, status, stderr: status === 0 ? "" : stderr }).toEqual({ line, status: 0, stderr: "" });
  return stdout;
}

it("goes from an empty folder to predictions", () => {
  const folder = project({});
  commands(folder);
  copyFileSync(join(workspace, "packages/cli/node_modules/vega-datasets/data/penguins.json"), join(folder, "penguins.json"));
  const [install, init, runs, predict, types, change] = shell;
  expect(shell).toHaveLength(6);

  run(folder, install);
  run(folder, init);
  // What the page shows is what was written.
  expect(readFileSync(join(folder, "millrace.config.ts"), "utf8")).toBe(typescript[0]!.code);
  const ran = run(folder, runs);
  expect(ran).toContain("species@1 is species@champion");
  expect(ran).toMatch(/metric, ± 95 % +train +test +baseline-prior, test\n/);
  expect(ran).toMatch(/succeeded in .*: 0 ran, 11 reused/);
  run(folder, predict);
  expect(readFileSync(join(folder, "predicted.csv"), "utf8")).toMatch(/^Species,.*label/);
  // As JavaScript, uncompiled: a newcomer pastes it.
  writeFileSync(join(folder, "app.mjs"), typescript[1]!.code);
  expect(execFileSync(process.execPath, ["app.mjs"], { cwd: folder, encoding: "utf8" })).toMatch(/^Gentoo \[/);
  run(folder, types);
  expect(readFileSync(join(folder, "millrace.types.d.ts"), "utf8")).toContain('"Adelie" | "Chinstrap" | "Gentoo"');

  const first = /run (\S+) succeeded/.exec(ran)![1]!;
  const changed = run(folder, change, { "<run>": first });
  expect(changed).toMatch(/species\/train +run +train\.with\.l2: 1 -> 0\.1/);
  expect(changed).toContain("species@2 is species@champion");
  expect(changed).toMatch(/species@champion.*1/);
});

