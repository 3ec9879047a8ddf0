import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blocksOf, pages, type CodeBlock } from "../../fixtures/code-blocks.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { installCommands, linkInto, runBlock, WORKSPACE } from "../../fixtures/shell-blocks.js";
import type { CommandSpec } from "../command-spec.js";
import { parseCall } from "../parse-call.js";

// Every shell block of the project's pages, run as it stands in a project such as its page speaks of. The quick start has a test of its own.

const project = projectFolders();
const shellOf = (page: string): readonly CodeBlock[] => blocksOf(page).filter(({ language }) => language === "sh");
const linesOf = (page: string): readonly string[] => shellOf(page).flatMap(({ code }) => code.trim().split("\n")).map((line) => line.replace(/\s+#.*/, ""));
const SCRIPTS = (JSON.parse(readFileSync(join(WORKSPACE, "package.json"), "utf8")) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

const SALES = `id,region,price,sold\n${Array.from({ length: 200 }, (_, row) => `${row},${["north", "south", "west"][row % 3]},${((row * 37) % 100) / 4},${(row * 37) % 100 > 50 + (row % 7) ? "yes" : "no"}\n`).join("")}`;
const FLIGHT = { date: "2001-06-29T18:35:00Z", origin: "ORD", destination: "EWR", distance: 719, origin_lat: 41.97, origin_lon: -87.9, destination_lat: 40.69, destination_lon: -74.16 };

const TERMINAL = { out() {}, err() {}, isInteractive: false, columns: () => 80 };

const specOf = async (name: string): Promise<CommandSpec> => ((await import(`../commands/${name}.ts`)) as { readonly default: CommandSpec }).default;
/** The words of a call, without quotes and pipes. */
const wordsOf = (call: string): readonly string[] => call.replace(/^(?:.* \| )?(?:npx )?millrace /, "").split(/ [|>] /)[0]!.split(/\s+/).map((word) => word.replaceAll(/^['"]|['"]$/g, ""));

/** A call that the command takes. */
async function parsed([name, ...words]: readonly string[]): Promise<void> {
  parseCall(name!, await specOf(name!), words, TERMINAL, "/");
}

const example = (name: string): string => {
  const folder = project({});
  cpSync(join(WORKSPACE, "examples", name), folder, { recursive: true, filter: (path) => !/[/\\](node_modules|\.millrace)$/.test(path) });
  return installCommands(folder);
};
const changeFile = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

/** The main example on every 100th flight, taken to its end by what `npm start` runs. */
let flights = "";
let demo = "";

/** Pages whose blocks are run in a project of this kind; `delays@3` stands for any version. */
const RUN: Readonly<Record<string, () => string>> = {
  "docs/batch.md": () => flights,
  "docs/report.md": () => flights,
  "docs/upgrading.md": () => flights,
  "examples/flight-delays/README.md": () => flights,
  "docs/first-model.md": () => linkInto(installCommands(project({ "sales.csv": SALES })), "millrace"),
  "docs/writing-a-plugin.md": () => installCommands(project({})),
  "packages/cli/README.md": () => installCommands(project({ "data.csv": SALES })),
  "examples/penguins/README.md": () => linkInto(example("penguins"), "millrace", "vega-datasets"),
  "examples/custom-plugin/README.md": () => linkInto(example("custom-plugin"), "millrace", "@millrace/core", "zod"),
};

/** Pages whose commands are seen to below: they end never, or take the workspace or minutes. */
const SEEN = ["README.md", "docs/benchmarks.md", "docs/serving.md", "docs/quick-start.md"];

it("every page with a shell block is here", () => {
  const found = pages().filter((page) => shellOf(page).length > 0);
  expect([...Object.keys(RUN), ...SEEN].sort()).toEqual(found.toSorted());
});

describe("the shell blocks of", () => {
  beforeAll(() => {
    flights = linkInto(example("flight-delays"), "millrace", "vega-datasets");
    changeFile(join(flights, "flights.sql"), "FROM flights\n", "FROM (SELECT * FROM (SELECT *, row_number() OVER () AS number FROM flights) WHERE number % 100 = 0) AS flights\n");
    changeFile(join(flights, "millrace.config.ts"), "atLeast: 0.664", "atLeast: 0.5");
    demo = execFileSync(process.execPath, ["demo.mjs"], { cwd: flights, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
    writeFileSync(join(flights, "flights.csv"), `${Object.keys(FLIGHT).join()}\n${Object.values(FLIGHT).join()}\n`);
    execFileSync(process.execPath, [join(WORKSPACE, "packages/cli/bin/millrace.mjs"), "predict", "delays@champion", "--in", "flights.csv", "--out", "flights.parquet", "--prefix", "first_"], { cwd: flights });
  }, 300_000);

  it.each(Object.entries(RUN))("%s run", (page, folderOf) => {
    const folder = folderOf();
    for (const block of shellOf(page)) runBlock(folder, block, { "delays@3": "delays@1" });
  });

  it("README.md are what the workspace does: npm start ran above, npm test runs this", () => {
    expect(linesOf("README.md")).toEqual(["npm start", "npm test"]);
    expect(SCRIPTS).toMatchObject({ start: expect.stringMatching(/ demo$/), demo: "pnpm build && node examples/flight-delays/demo.mjs", test: expect.stringMatching(/ check$/) });
    for (const part of ["build", "lint", "typecheck", "docs --check", "turbo run test"]) expect(SCRIPTS["check"]).toContain(part);
    // What the README shows of it is what it prints.
    expect(demo).toMatch(/✓ delays\/register[^]*delays@1 is delays@champion[^]*metric, ± 95 % +train +validation +test +baseline-prior, test\n[^]*Ten predictions by loadModel\("delays@champion"\):\n\n {2}2001-06-29 06:10 {2}ORD {5}-> MSP {12}P\(late\) 0\.\d{3}/);
  });

  it("docs/benchmarks.md name benchmarks that are there", () => {
    for (const line of linesOf("docs/benchmarks.md")) {
      const [, name] = /^npm run bench -- (\S+)/.exec(line)!;
      expect(name === "<name>" || existsSync(join(WORKSPACE, "bench", name!, "index.mjs")), line).toBe(true);
    }
    expect(SCRIPTS["bench"]).toBe("node bench/run.mjs");
  });

  it("docs/serving.md have options that the command takes, and a body that a served model takes", async () => {
    for (const line of linesOf("docs/serving.md")) {
      const [command, ...words] = line.split(/\s+/);
      if (command === "millrace") {
        await parsed(words);
      } else {
        const body = /-d '(.*)' localhost:8080\/v1\/models\/delays\/predict$/.exec(line)?.[1];
        if (body === undefined) expect(line).toBe("curl localhost:8080/v1/models/delays");
        else writeFileSync(join(flights, "body.json"), JSON.stringify((JSON.parse(body) as { readonly rows: readonly object[] }).rows));
      }
    }
    expect(runBlock(flights, { page: "docs/serving.md", language: "sh", line: 0, code: "millrace predict delays@champion --in body.json" })).toMatch(/"label":"(true|false)"/);
  });
});

describe("calls within the text of a page", () => {
  const all = [...pages(), "CONTRIBUTING.md", "SECURITY.md"].flatMap((page) => [...readFileSync(join(WORKSPACE, page), "utf8").matchAll(/`((?:npx )?millrace [^`\n]+)`/g)].map(([, call]) => [call!, page] as const));
  const calls = [...new Map(all)].filter(([call]) => !call.includes("<name>"));

  it("are many", () => expect(calls.length).toBeGreaterThan(40));

  it.each(calls)("%s in %s names a command, its actions and its options", async (call) => {
    const [name, ...words] = wordsOf(call);
    if (name!.startsWith("--")) return expect(["--help", "--version"]).toContain(name);
    const { args, lists, readsConfig } = await specOf(name!);
    const options = [...Object.keys(args), ...Object.keys(lists ?? {}), "help", "json", "debug", ...(readsConfig === false ? [] : ["set", "config", "env"])];
    for (const word of words.filter((one) => one.replace("[", "").startsWith("--"))) expect(options).toContain(/--([a-z0-9-]+)/.exec(word)![1]);
    const [first] = words;
    if (args["action"] !== undefined && first !== undefined && /^[a-z]+$/.test(first)) expect((args["action"] as { readonly description: string }).description).toContain(first);
  });
});

describe("examples of --help", () => {
  const names = readdirSync(join(WORKSPACE, "packages/cli/src/commands")).flatMap((file) => (file.endsWith(".test.ts") || file === "what.ts" ? [] : [file.slice(0, -3)]));

  it.each(names)("of %s are calls that it takes", async (name) => {
    const { examples } = await specOf(name);
    expect(examples.length).toBeGreaterThan(0);
    for (const [call] of examples) {
      expect(wordsOf(call)[0]).toBe(name);
      await parsed(wordsOf(call));
    }
  });
});
