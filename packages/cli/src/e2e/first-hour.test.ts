import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { millrace, millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";

// From nothing to a first model on a file that nobody has prepared, as a new user goes: `init --from` and `run`.

const project = projectFolders();
const dataOf = (name: string): string => fileURLToPath(new URL(`../../node_modules/vega-datasets/data/${name}`, import.meta.url));
const tsc = fileURLToPath(new URL("../../../../node_modules/.bin/tsc", import.meta.url));
const types = fileURLToPath(new URL("../../dist/index.d.ts", import.meta.url));

/** A folder with one file in it, and nothing else. */
function folderWith(name: string): string {
  const folder = project({});
  copyFileSync(dataOf(name), join(folder, name));
  return folder;
}

/** What the compiler says of the config that was written: nothing. */
function expectTyped(folder: string): void {
  const compilerOptions = { strict: true, noEmit: true, module: "NodeNext", moduleResolution: "NodeNext", target: "ES2022", skipLibCheck: true, types: [], paths: { millrace: [types] } };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["millrace.config.ts"] }));
  let said = "";
  try {
    execFileSync(tsc, ["-p", "."], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    said = (error as { readonly stdout: string }).stdout;
  }
  expect(said).toBe("");
}

it.each([
  ["birdstrikes.csv", "Effect Amount of damage", "effect-amount-of-damage", "time"],
  ["movies.json", "IMDB Rating", "imdb-rating", "time"],
  ["penguins.json", "Species", "species", "random"],
])("%s: two commands to a champion", async (file, target, model, split) => {
  const folder = folderWith(file);
  const [written] = (await millraceOk(folder, "init", "--from", file, "--json")).json();
  expect(written).toMatchObject({ model, target, split });
  expectTyped(folder);
  const { code, out } = await millrace(folder, "run");
  expect(out).toContain(`${model}@1 is ${model}@champion`);
  expect(code).toBe(0);
});

it("a Parquet file too, and what was written says why", async () => {
  const folder = folderWith("penguins.json");
  writeFileSync(join(folder, "millrace.config.yaml"), "schema: 1\nproject: p\nmodels: { m: { source: { use: json, with: { files: penguins.json } }, columns: { target: Body Mass (g) }, train: ridge, register: { alias: champion } } }\n");
  await millraceOk(folder, "run");
  await millraceOk(folder, "predict", "m@champion", "--in", "penguins.json", "--out", "birds.parquet");
  await millraceOk(folder, "init", "--from", "birds.parquet", "--folder", "second", "--target", "Sex");
  const config = readFileSync(join(folder, "second/millrace.config.ts"), "utf8");
  expect(config).toContain('source: { use: "parquet", with: { files: "../birds.parquet" } },');
  expect(config).toMatch(/target: "Sex", \/\/ 3 classes; the rarest has 1 row, too few to judge by; 3 % of the rows have none, and are left out/);
  expect((await millrace(join(folder, "second"), "plan")).code).toBe(0);
});
