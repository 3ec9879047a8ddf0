import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { compileProject } from "../../fixtures/compile-project.js";
import { millrace, millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";

const project = projectFolders();

const CONFIG = `import { defineConfig } from "millrace";

export default defineConfig({
  schema: 1,
  project: "penguins",
  models: {
    species: {
      source: { use: "json", with: { files: "./penguins.json" } },
      columns: { target: "Species" },
      features: [{ use: "missing-indicator", from: ["Body Mass (g)"] }, { use: "standardize", from: ["Body Mass (g)", "Flipper Length (mm)"] }],
      train: "logistic",
      register: { alias: "champion" },
    },
  },
});
`;
const APP = `import { loadModel } from "millrace";

const model = await loadModel("species@champion");
const [answer] = await model.predict([{ "Beak Length (mm)": 47.5, "Beak Depth (mm)": 15, "Flipper Length (mm)": 217, "Body Mass (g)": 5200, Island: "Biscoe", Sex: null }]);
const species: "Adelie" | "Chinstrap" | "Gentoo" | null = answer!.label;
console.log(species);
`;

/** What the compiler says of a project's files. */
function compiled(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const compilerOptions = { strict: true, noEmit: true, module: "NodeNext", moduleResolution: "NodeNext", target: "ES2022", lib: ["ES2023", "ESNext.Disposable", "DOM"], skipLibCheck: true, types: [], pretty: false, paths: { millrace: [fileURLToPath(new URL("../../dist/index.d.ts", import.meta.url))] } };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  return compileProject(folder);
}

it("columns and answers of a project get types, before its first run and better ones behind it", async () => {
  const folder = project({ "package.json": { type: "module" }, "millrace.config.ts": CONFIG });
  copyFileSync(fileURLToPath(new URL("../../node_modules/vega-datasets/data/penguins.json", import.meta.url)), join(folder, "penguins.json"));
  expect(await millrace(folder, "types", "--check")).toMatchObject({ code: 1, err: expect.stringMatching(/^error TYPES_OLD: millrace\.types\.d\.ts[^]*millrace types/) });
  expect((await millraceOk(folder, "types")).out).toContain("species has no version yet");
  expect(readFileSync(join(folder, "millrace.types.d.ts"), "utf8")).toContain('"label": string | null;');
  expect(compiled(folder, {})).toBe("");
  expect(compiled(folder, { "millrace.config.ts": CONFIG.replace('from: ["Body Mass (g)"]', 'from: ["Body Mass"]') })).toContain('"Body Mass"');

  writeFileSync(join(folder, "millrace.config.ts"), CONFIG);
  await millraceOk(folder, "run");
  const [written] = (await millraceOk(folder, "types", "--json")).json();
  expect(written).toEqual({ file: join(folder, "millrace.types.d.ts"), changed: true, models: [{ model: "species", columns: 7, isRegistered: true }] });
  expect((await millraceOk(folder, "types", "--check")).out).toContain("up to date");
  const types = readFileSync(join(folder, "millrace.types.d.ts"), "utf8");
  for (const line of ['"penguins/species": {', '"Body Mass (g)": "int64";', 'features: "Body Mass (g)_missing";', '"label": "Adelie" | "Chinstrap" | "Gentoo" | null;', '"probabilities": [number | null, number | null, number | null] | null;', '"Island": string | null;']) expect(types).toContain(line);
  expect(compiled(folder, { "app.ts": APP })).toBe("");
  expect(compiled(folder, { "app.ts": APP.replace("Sex: null", "Sx: null") })).toContain("Sx");
});
