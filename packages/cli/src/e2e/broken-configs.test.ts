import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seeded } from "@millrace/core";
import { formatPath } from "@millrace/core/engine";
import { beforeAll, describe, expect, it } from "vitest";
import iceCream from "../../../../examples/custom-plugin/millrace.config.js";
import flights from "../../../../examples/flight-delays/millrace.config.js";
import penguins from "../../../../examples/penguins/millrace.config.js";
import { broken, type Base, type Broken } from "../../fixtures/broken-configs/mutations.js";
import { set, type Loose, type Path } from "../../fixtures/broken-configs/tree.js";
import { expression, written, type Form } from "../../fixtures/broken-configs/written.js";
import { millrace, type Captured } from "../../fixtures/captured.js";
import { millrace as millraceProcess } from "../../fixtures/millrace-process.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";

const project = projectFolders();
const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));

/** What a config file of JSON can say. */
function plain(config: object, more: object = {}): Loose {
  return { ...(JSON.parse(JSON.stringify({ ...config, plugins: undefined })) as object), ...more };
}

const BASES: readonly (Base & { readonly folder: string })[] = [
  { name: "flight-delays", folder: `${examples}flight-delays`, config: plain(flights), script: plain(flights), head: "", text: "origin", number: "distance" },
  { name: "penguins", folder: `${examples}penguins`, config: plain(penguins), script: plain(penguins), head: "", text: "Island", number: "Body Mass (g)" },
  { name: "custom-plugin", folder: `${examples}custom-plugin`, config: plain(iceCream, { plugins: ["./stall/stall.ts"] }), script: plain(iceCream, { plugins: [expression("stall()")] }), head: 'import stall from "./stall/stall.ts";\n', text: "weather", number: "temperature" },
];
const FORMS: readonly Form[] = ["yaml", "json", "ts", "ts-parts"];

/** All broken configs: of each example in each form as many. */
const COUNT = 504;

/** What was made, and what was said. */
interface Judged extends Broken {
  readonly form: string;
  /** `file:line:column path` as it must be said first. */
  readonly expected: string;
  readonly said: string;
  readonly err: string;
  readonly code: number;
  readonly hasStarted: boolean;
}

const folders = new Map<string, string>();
function folderOf(base: (typeof BASES)[number]): string {
  const known = folders.get(base.name);
  if (known !== undefined) return known;
  const folder = linkPackages(project({}));
  for (const name of readdirSync(base.folder)) if (/\.(csv|sql)$|^stall$/.test(name)) cpSync(join(base.folder, name), join(folder, name), { recursive: true });
  folders.set(base.name, folder);
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const name of readdirSync(folder)) if (/^millrace\.config|^features/.test(name)) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

function judged(made: Broken, form: string, expected: string, folder: string, { code, err }: Pick<Captured, "code" | "err">): Judged {
  const first = /(?:^|\s)([^\s:]+):(\d+):(\d+) (\S.*?): /.exec(err);
  const said = first === null ? err : `${first[1]!.split("/").at(-1)}:${first[2]}:${first[3]} ${first[4]}`;
  const hasStarted = existsSync(join(folder, ".millrace"));
  rmSync(join(folder, ".millrace"), { recursive: true, force: true });
  return { ...made, form, expected, said, err, code, hasStarted };
}

async function judge(base: (typeof BASES)[number], form: Form, index: number): Promise<Judged> {
  const folder = folderOf(base);
  const random = seeded(`${base.name} ${form} ${index}`);
  const made = broken(base, form.startsWith("ts") ? base.script : base.config, index, random);
  const { files, placeOf } = written(made.config, form, base.head);
  write(folder, files);
  return judged(made, form, `${placeOf(made.path)} ${formatPath(made.path)}`, folder, await millrace(folder, "plan"));
}

/** A slip in a key or a name of the example's own file, as its author wrote it: only the place of the letters is known. */
async function judgeText(base: (typeof BASES)[number], index: number): Promise<Judged> {
  const folder = folderOf(base);
  const source = readFileSync(join(base.folder, "millrace.config.ts"), "utf8");
  const keys = [...source.matchAll(/\b([a-z]\w+): /gi)].filter(([, key]) => !["flights", "airports", "delays", "species", "cups"].includes(key!));
  const { index: at, 1: right } = keys[Math.floor(seeded(`${base.name} ${index}`)() * keys.length)]!;
  const wrong = `${right!.slice(0, -1)}${right!.at(-1)}x`;
  const text = source.slice(0, at) + wrong + source.slice(at + right!.length);
  write(folder, { "millrace.config.ts": text });
  const before = text.slice(0, at).split("\n");
  const found = judged({ config: null, kind: "a key of the example's own file mistyped", path: [wrong], right: right! }, "as it is", "", folder, await millrace(folder, "plan"));
  const place = `millrace.config.ts:${before.length}:${before.at(-1)!.length + 1}`;
  const isRight = found.said.startsWith(`${place} `) && found.said.endsWith(wrong);
  return { ...found, expected: isRight ? found.said : `${place} ... ${wrong}` };
}

/** Mistakes in options, in rules over several keys, in shapes, and beside the data, by their path in the one model. */
const SEVERAL: readonly (readonly [string, readonly (readonly [Path, Loose])[], said?: readonly string[]])[] = [
  ["options, a rule, columns, types, the problem and slices", [
    [["train", "with", "l2"], -1],
    [["evaluate", "gates", 0], { metric: "roc-auc" }],
    [["columns", "time"], "dat"],
    [["columns", "weight"], "destination"],
    [["columns", "types"], { distanc: "float32" }],
    [["check", 0, "with", "columns", 1], "orgin"],
    [["features", 3, "from", 1], "orgin_lat"],
    [["evaluate", "metrics", 2], "r2"],
    [["evaluate", "slices", 0], "orign"],
  ], ["columns.time", "columns.weight", "columns.types.distanc", "check[0].with.columns[1]", "features[1].from[1]", "features[2].from[1]", "features[3].from[1]", "train.with.l2", "evaluate.metrics[2]", "evaluate.slices[0]", "evaluate.gates[0]"]],
  ["options of a transform, and columns of it and of others", [[["features", 0, "with", "parts", 0], "huor"], [["features", 0, "from", 0], "dat"], [["features", 1, "from", 1], "destinatoin"], [["features", 3, "from", 0], "origin"]]],
  ["a name of a transform, what it would have made, and a slice", [[["features", 2, "use"], "crss"], [["features", 1, "from"], ["origin", "orgin"]], [["features", 3, "from", 0], "route"], [["evaluate", "slices", 0], "orign"]], ["features[1].from[1]", "features[2].use", "evaluate.slices[0]"]],
  ["keys that are none, a value of a wrong type, and columns", [[["trian"], "logistic"], [["evaluate", "confidence"], "high"], [["columns", "targt"], "late"], [["columns", "time"], "dat"], [["evaluate", "slices", 0], "orign"], [["features", 3, "from", 0], "destination"]], ["trian", "columns.targt", "columns.time", "evaluate.confidence", "evaluate.slices[0]", "features[3].from[0]"]],
  ["a trainer that is none, a split that is none, and columns", [[["train"], "logistik"], [["split"], "tim"], [["columns", "target"], "lat"], [["features", 3, "from", 1], "origin_la"]], ["columns.target", "split", "features[3].from[1]", "train"]],
  ["a source of a wrong shape, and a key", [[["source"], 3], [["columns", "time"], "dat"], [["trian"], 1]], ["source", "trian"]],
  ["a source that is wrong hides what only it can tell", [[["source", "with", "files"], 3], [["columns", "time"], "dat"], [["train", "with", "l2"], -1]], ["source.with.files", "train.with.l2"]],
];

const all: Judged[] = [];

beforeAll(async () => {
  const each = COUNT / BASES.length / (FORMS.length + 1);
  for (const base of BASES) {
    for (const form of FORMS) for (let index = 0; index < each; index++) all.push(await judge(base, form, index));
    for (let index = 0; index < each; index++) all.push(await judgeText(base, index));
  }
});

function share(of: readonly Judged[], isGood: (one: Judged) => boolean): number {
  return of.filter(isGood).length / of.length;
}

function misses(of: readonly Judged[], isGood: (one: Judged) => boolean): string {
  return of.filter((one) => !isGood(one)).slice(0, 12).map(({ form, kind, expected, err }) => `${form}, ${kind}\n  expected ${expected}\n  ${err}`).join("\n");
}

describe("broken configs, made of all examples in YAML, JSON and TypeScript", () => {
  it("are made of configs that are right", async () => {
    for (const base of BASES)
      for (const form of FORMS) {
        const folder = linkPackages(project({}));
        cpSync(folderOf(base), folder, { recursive: true, filter: (path) => !path.includes("node_modules") && !path.includes("millrace.config") });
        write(folder, written(form.startsWith("ts") ? base.script : base.config, form, base.head).files);
        expect(await millrace(folder, "plan"), `${base.name} as ${form}`).toMatchObject({ code: 0, err: "" });
      }
  });

  it("are told with their path, line and column first: at least 95 % of them", () => {
    const isExact = ({ expected, said }: Judged): boolean => said === expected;
    expect(all.length).toBeGreaterThanOrEqual(500);
    const exact = share(all, isExact);
    expect(exact, `${(100 * exact).toFixed(1)} % of ${all.length}\n${misses(all, isExact)}`).toBeGreaterThanOrEqual(0.95);
  });

  it("are offered the right name where one was mistyped: at least 90 % of them", () => {
    const typos = all.filter(({ right }) => right !== null);
    const isOffered = ({ right, err }: Judged): boolean => err.split("\n").some((line) => line.includes(`Did you mean "${right}"?`));
    const offered = share(typos, isOffered);
    expect(offered, `${(100 * offered).toFixed(1)} % of ${typos.length}\n${misses(typos, isOffered)}`).toBeGreaterThanOrEqual(0.9);
  });

  it("end as mistakes in a config, without a stack, before anything has started", () => {
    const isClean = ({ code, err, hasStarted }: Judged): boolean => code === 2 && !/^\s+at /m.test(err) && !hasStarted;
    expect(misses(all, isClean)).toBe("");
  });

  it.each(SEVERAL.map(([name, changes, said = changes.map(([path]) => formatPath(path))]) => ({ name, changes, said })))("are told all at once: $name", async ({ changes, said }) => {
    const base = BASES[0]!;
    const folder = folderOf(base);
    const config = changes.reduce((changed, [path, value]) => set(changed, ["models", "delays", ...path], value), base.config);
    write(folder, written(config, "json", "").files);
    const { code, err } = await millrace(folder, "plan");
    const told = err.split("\n").flatMap((line) => /^ {2}\S+:\d+:\d+ models\.delays\.(\S+?): /.exec(line)?.[1] ?? []);
    expect({ code, told: told.toSorted() }, err).toEqual({ code: 2, told: [...said].toSorted() });
    expect(existsSync(join(folder, ".millrace"))).toBe(false);
  });

  it("are told alike by the command itself", async () => {
    for (const { config, form, said, kind } of ["yaml", "ts-parts"].map((form) => all.find((one) => one.form === form && one.kind === "a column mistyped")!)) {
      const base = BASES[0]!;
      const folder = folderOf(base);
      write(folder, written(config, form as Form, base.head).files);
      const { code, err } = await millraceProcess(folder, "run");
      expect({ kind, code, left: existsSync(join(folder, ".millrace")) }).toEqual({ kind, code: 2, left: false });
      expect(err).toContain(said);
      expect(err).not.toMatch(/^\s+at /m);
    }
  });
});
