import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeProject } from "../../../fixtures/config/write-project.js";
import { formatPath, leavesOf, parsePath, type Tree } from "../path.js";
import { readJson } from "../read-yaml.js";
import { scriptPlaces } from "./script-places.js";

/** `line:column` of each path; with a file where it is not the config's own. */
function placesOf(files: Readonly<Record<string, string>>, paths: readonly string[], value: Tree = {}): Readonly<Record<string, string | null>> {
  const folder = writeProject(files);
  const file = `${folder}/${Object.keys(files)[0]!}`;
  const places = scriptPlaces(file, value);
  return Object.fromEntries(
    paths.map((path) => {
      const place = places(parsePath(path)!);
      return [path, place === null ? null : `${place.file === file ? "" : `${place.file.slice(folder.length + 1)}:`}${place.line}:${place.column}`];
    }),
  );
}

describe("the places of a script", () => {
  it("are those of the same text as JSON", () => {
    const config = fc.dictionary(fc.stringMatching(/^[a-z]\w{0,8}$/), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });
    fc.assert(
      fc.property(config, (value) => {
        const text = JSON.stringify(value, null, 2);
        const json = readJson("x.json", text);
        const folder = writeProject({ "c.ts": `// { a: 1 }\nexport default ${text} as const;\n` });
        const places = scriptPlaces(`${folder}/c.ts`, value);
        const parts = [...leavesOf(value)].flatMap(([path]) => path.map((_, index) => path.slice(0, index + 1)));
        for (const part of parts) {
          const { line, column } = json.place(part)!;
          expect(places(part), formatPath(part)).toMatchObject({ line: line + 1, column });
        }
      }),
      { numRuns: 50 },
    );
  });

  it("are found behind comments, calls, casts, templates, spreads and constants", () => {
    const source = `import { defineConfig } from "millrace";
const shared = { l2: 1, deep: { x: 1 } }; /* export default { no: 1 } */
const list = [{ a: 1 }, 2] as const;
const computed = () => [1].concat(2);
const config: Config = defineConfig({
  a: \`\${[1, "}"].map((x) => { return \`\${x}\`; })}\`, // , b: 2
  b: /[/}]{2,}/.test("x") ? 1 / 2 : { c: 1 }["c"],
  ...shared,
  'd e': [ 1, { f: 2,
    g() { return { h: 1 }; } }, defineModel({
      i: (1, 2) }),
  ],
  m: shared.deep,
  n: [0, ...list, { z: 1 }],
  o: [...computed(), { z: 1 }],
  ["p"]: (<const>({ q: 1 })),
  shared,
} satisfies Config);
export { config as default };
`;
    const expected = {
      a: "6:3", b: "7:3", "b.c": null, l2: "2:18", "deep.x": "2:33", '["d e"]': "9:3", '["d e"][0]': "9:12", '["d e"][1].f': "9:17", '["d e"][1].g': "10:5", '["d e"][1].g.h': null, '["d e"][2].i': "11:7",
      "m.x": "2:33", "n[1].a": "3:17", "n[2]": "3:25", "n[3].z": "14:21", "o[2].z": "15:24", "o[0]": null, p: "16:4", "p.q": "16:21", shared: "17:3", "shared.l2": "2:18", none: null,
    };
    expect(placesOf({ "c.ts": source }, Object.keys(expected), { o: [1, 2, { z: 1 }] })).toEqual(expected);
  });

  it("are found in modules that are imported: by name, by default, passed on, and written .js for .ts", () => {
    const files = {
      "c.ts": 'import delays from "./models/delays.js";\nimport { churn as lost } from "./models";\nimport external from "somewhere";\nexport default { models: { delays, lost, external } };\n',
      "models/delays.ts": 'import { defineModel } from "millrace";\nconst delays = defineModel({\n  train: "logistic",\n});\nexport default delays;\n',
      "models/index.ts": 'export { churn } from "./churn.ts";\n',
      "models/churn.ts": "export const churn = {\n  train: 1 };\n",
    };
    expect(placesOf(files, ["models.delays", "models.delays.train", "models.lost.train", "models.external.train"])).toEqual({
      "models.delays": "4:28", "models.delays.train": "models/delays.ts:3:3", "models.lost.train": "models/churn.ts:2:3", "models.external.train": null,
    });
  });

  it("are found in what a function returns, where that is all that it does", () => {
    const files = {
      "c.ts": 'import { churn } from "./churn.js";\nconst delays = (l2: number) => ({\n  train: { with: { l2 } } });\nfunction other(l2: number) {\n  return { train: l2 };\n}\nfunction more() { const a = 1; return { train: a }; }\nexport default { models: { delays: delays(1), other: other(2), more: more(), churn: churn(3) } };\n',
      "churn.ts": "export function churn(l2: number) {\n  return { train: l2 }; }\n",
    };
    expect(placesOf(files, ["models.delays.train.with.l2", "models.other.train", "models.more.train", "models.churn.train"])).toEqual({
      "models.delays.train.with.l2": "3:20", "models.other.train": "5:12", "models.more.train": null, "models.churn.train": "churn.ts:2:12",
    });
  });

  it("are those of module.exports", () => {
    expect(placesOf({ "c.js": "module.exports = {\n  a: 1 };\n" }, ["a"])).toEqual({ a: "2:3" });
  });

  it.each(["", "export default config;", "const a = a; export default a;", "export default { b: [1, `", "{ a: 1 }", "export default { b: 1 ] }"])("are none of %j", (source) => {
    expect(placesOf({ "c.ts": source }, ["a", "a.b"])).toEqual({ a: null, "a.b": null });
  });
});
