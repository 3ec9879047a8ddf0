import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, leavesOf } from "./path.js";
import { readJson } from "./read-yaml.js";
import { scriptLines } from "./script-lines.js";

describe("the lines of a script", () => {
  it("are those of the same text as JSON", () => {
    const config = fc.dictionary(fc.stringMatching(/^[a-z]\w{0,8}$/), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });
    fc.assert(
      fc.property(config, (value) => {
        const text = JSON.stringify(value, null, 2);
        const json = readJson("x.json", text);
        const lines = scriptLines(`// { a: 1 }\nexport default ${text} as const;\n`);
        const parts = [...leavesOf(value)].flatMap(([path]) => path.map((_, index) => path.slice(0, index + 1)));
        for (const part of parts) expect(lines.get(formatPath(part)), formatPath(part)).toBe(json.line(part)! + 1);
      }),
      { numRuns: 200 },
    );
  });

  it("are found behind comments, calls, templates, regular expressions and spreads", () => {
    const lines = scriptLines(`
import { defineConfig } from "millrace";
const shared = { l2: 1 }; /* export default { no: 1 } */
export default defineConfig({
  a: \`\${[1, "}"].map((x) => { return \`\${x}\`; })}\`, // , b: 2
  b: /[/}]{2,}/.test("x") ? 1 / 2 : { c: 1 }["c"],
  ...shared,
  'd e': [ 1, { f: 2,
    g() { return { h: 1 }; } }, defineModel({
      i: (1, 2) }),
  ],
  shared,
  j: 1,
});
`);
    expect(Object.fromEntries(lines)).toEqual({ a: 5, b: 6, '["d e"]': 8, '["d e"][0]': 8, '["d e"][1]': 8, '["d e"][1].f': 8, '["d e"][1].g': 9, '["d e"][2]': 9, '["d e"][2].i': 10, shared: 12, j: 13 });
  });

  it("are those of the constant that is exported", () => {
    expect(Object.fromEntries(scriptLines('const other = { x: 1 };\nconst config: Config = defineConfig({\n  a: 1,\n});\nexport default config;\n'))).toEqual({ a: 3 });
  });

  it.each(["", "export default config;", "export default {", "export default { a: [1, `", "{ a: 1 }", "export default { a: 1 ] }"])("are none, or few, of %j", (source) => {
    expect(scriptLines(source).size).toBeLessThanOrEqual(3);
  });
});
