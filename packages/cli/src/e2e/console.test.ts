import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders } from "../../fixtures/shop.js";

const project = projectFolders();
const BIN = fileURLToPath(new URL("../../dist/bin.js", import.meta.url));

/** Lines from a pipe. */
function piped(folder: string, lines: readonly string[]): { readonly out: string; readonly code: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [BIN, "console"], { cwd: folder, input: lines.map((line) => `${line}\n`).join(""), encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  return { out: stdout, code: status };
}

const CONFIG = `schema: 1
project: shop
models:
  will-return:
    source: { use: json, with: { files: rows.jsonl } }
    columns: { target: returned, positive: "yes", ignore: [mail], pii: [mail] }
    split: { use: random, with: { validation: 0 } }
    train: logistic
`;

it("frames, SQL and predictions of the latest run, from a pipe; personal data is masked", async () => {
  const rows = orders(120).map(({ city, price, returned }, index) => ({ city, price, mail: `planted-${index}@example.org`, returned: returned ? "yes" : "no" }));
  const folder = project({ "millrace.config.yaml": CONFIG, "rows.jsonl": jsonLines(rows) });
  expect(piped(folder, ["frames", "frame()"])).toMatchObject({ code: 1, out: expect.stringContaining("error CONSOLE_NO_FRAMES: No run has read rows") });
  await millraceOk(folder, "run");
  const lines = [
    `sql('SELECT "$part" AS part, count(*) AS n, sum(1) AS ones FROM will_return GROUP BY ALL ORDER BY n')`,
    "const rows = await sql('SELECT city, price, mail FROM will_return LIMIT 2')",
    'Object.keys((await predict("will-return", rows))[0]).sort().join()',
    'pending = sql("SELECT city, price, mail FROM will_return LIMIT 1"); predict("will-return", pending).then((answers) => answers.length)',
    "rows[0].mail",
    '(await frame("will-return")).length',
    ".sql SELECT * FROM will_return LIMIT 1",
    "config.project",
  ];
  const { out, code } = piped(folder, lines);
  expect(out).toMatch(/^part +n +ones\ntest +24 +24\ntrain +96 +96\n2 rows\n'label,probabilities,score'\n1\n'\(masked\)'\n120\n/);
  expect(out).not.toContain("planted-");
  expect(out.trimEnd().endsWith("'shop'")).toBe(true);
  expect(code).toBe(0);
  // A table is there under its name; what is not is told with what there is.
  const tables = "The tables are: will_return (a model's name, with _ for -).";
  for (const [query, error, mend] of [
    ["FROM will_retrun", 'there is no table "will_retrun".', `Did you mean "will_return"? ${tables}`],
    ['FROM "will-return"', 'there is no table "will-return".', `Did you mean "will_return"? ${tables}`],
    ["FROM will-return", "syntax error", `Mend the query. ${tables}`],
    ["FROM zebra", 'there is no table "zebra".', `Mend the query. ${tables}`],
    ["FROM will_return WHERE prize > 1", '"prize" not found', `Mend the query. ${tables}`],
  ] as const) {
    const { code: ended, out: said } = piped(folder, [`.sql SELECT * ${query}`]);
    expect({ ended, said }).toEqual({ ended: 1, said: expect.stringContaining("error SOURCE_SQL") });
    expect(said).toContain(error);
    expect(said).toContain(`mend: ${mend}`);
  }
});
