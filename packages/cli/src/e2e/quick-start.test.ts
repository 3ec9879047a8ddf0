import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { blocksOf } from "../../fixtures/code-blocks.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { installCommands, runBlock, WORKSPACE } from "../../fixtures/shell-blocks.js";

// The quick start, done as it stands: its shell blocks in order, its config, its program.

const project = projectFolders();
const blocks = blocksOf("docs/quick-start.md");
const shell = blocks.filter(({ language }) => language === "sh");
const typescript = blocks.filter(({ language }) => language === "ts");

it("goes from an empty folder to predictions", () => {
  const folder = installCommands(project({}));
  copyFileSync(join(WORKSPACE, "packages/cli/node_modules/vega-datasets/data/penguins.json"), join(folder, "penguins.json"));
  const [install, init, runs, predict, types, change] = shell;
  expect(shell).toHaveLength(6);

  runBlock(folder, install);
  runBlock(folder, init);
  // What the page shows is what was written.
  expect(readFileSync(join(folder, "millrace.config.ts"), "utf8")).toBe(typescript[0]!.code);
  const ran = runBlock(folder, runs);
  expect(ran).toContain("species@1 is species@champion");
  expect(ran).toMatch(/metric, ± 95 % +train +test +baseline-prior, test\n/);
  expect(ran).toMatch(/succeeded in .*: 0 ran, 11 reused/);
  runBlock(folder, predict);
  expect(readFileSync(join(folder, "predicted.csv"), "utf8")).toMatch(/^Species,.*label/);
  // As JavaScript, uncompiled: a newcomer pastes it.
  writeFileSync(join(folder, "app.mjs"), typescript[1]!.code);
  expect(execFileSync(process.execPath, ["app.mjs"], { cwd: folder, encoding: "utf8" })).toMatch(/^Gentoo \[/);
  runBlock(folder, types);
  expect(readFileSync(join(folder, "millrace.types.d.ts"), "utf8")).toContain('"Adelie" | "Chinstrap" | "Gentoo"');

  const first = /run (\S+) succeeded/.exec(ran)![1]!;
  const changed = runBlock(folder, change, { "<run>": first });
  expect(changed).toMatch(/species\/train +run +train\.with\.l2: 1 -> 0\.1/);
  expect(changed).toContain("species@2 is species@champion");
  expect(changed).toMatch(/species@champion.*1/);
});

