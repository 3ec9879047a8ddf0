import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { millrace } from "../../fixtures/captured.js";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-init-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Lines of CSV: a header, and a line for each of 0 to `rows`. */
function csv(columns: Readonly<Record<string, (row: number) => unknown>>, rows = 200): string {
  const cell = (value: unknown): string => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  const line = (values: readonly unknown[]): string => `${values.map(cell).join(",")}\n`;
  return line(Object.keys(columns)) + Array.from({ length: rows }, (_, row) => line(Object.values(columns).map((value) => value(row)))).join("");
}

const noise = (row: number): number => ((row * 2654435761) >>> 0) % 1000;
const SALES = csv({ size: (i) => noise(i), colour: (i) => ["red", "blue", "green"][i % 3], sold: (i) => (noise(i + 7) < 400 ? "yes" : "no") });

const configIn = (folder: string): string => readFileSync(join(folder, "millrace.config.ts"), "utf8");

/** Whether the config that was written is right, by the project's own strict reading and types of the file. */
async function checked(folder: string): Promise<void> {
  const { code, err } = await millrace(folder, "plan");
  expect({ code, err }).toEqual({ code: 0, err: "" });
}

describe("awkward files", () => {
  it("names with quotes, dots, blanks, backslashes and letters of any script", async () => {
    const folder = folderWith({ "a b.csv": csv({ 'un"quoted': (i) => noise(i), "with.dot": (i) => noise(i + 1), "naïve 列": (i) => `v${i % 3}`, "back\\slash": (i) => noise(i + 2), "`tick` ${x}": (i) => i % 4, "Was it sold?": (i) => (noise(i + 7) < 400 ? "yes" : "no") }) });
    expect(await millrace(folder, "init", "--from", "a b.csv")).toMatchObject({ code: 0, err: "" });
    expect(configIn(folder)).toContain('target: "Was it sold?"');
    await checked(folder);
  });

  it("dates in two formats become times by a query, and the split goes by them", async () => {
    const folder = folderWith({ "sales.csv": csv({ day: (i) => (i % 2 ? `${(i % 28) + 1}/${(i % 12) + 1}/2021` : `2021-${String((i % 12) + 1).padStart(2, "0")}-05`), size: (i) => noise(i), sold: (i) => (noise(i + 7) < 400 ? "yes" : "no") }) });
    expect((await millrace(folder, "init", "--from", "sales.csv")).code).toBe(0);
    expect(readFileSync(join(folder, "sold.sql"), "utf8")).toContain(`try_strptime("day", ['%d/%m/%Y', '%Y-%m-%d']) AS "day"`);
    expect(configIn(folder)).toContain('time: "day"');
    await checked(folder);
  });

  it("columns that no model can take are left out by a query, and numbers that are too long are text", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ tags: ["a", "b"], code: `9007199254740993${i}`, size: noise(i), sold: noise(i + 7) < 400, nested: { a: 1 } }));
    const folder = folderWith({ "sales.jsonl": rows.map((row) => `${JSON.stringify(row).replace(/"(9007\d+)"/, "$1")}\n`).join("") });
    expect(await millrace(folder, "init", "--from", "sales.jsonl")).toMatchObject({ code: 0, err: "" });
    const query = readFileSync(join(folder, "sold.sql"), "utf8");
    expect(query).toContain("EXCLUDE (");
    for (const name of ["tags", "nested"]) expect(query).toMatch(new RegExp(`-- "${name}" is left out: .*type`));
    await checked(folder);
  });

  it("what is constant, an id, personal, or tells the target alone is ignored, with the reason", async () => {
    const folder = folderWith({ "c.csv": csv({ id: (i) => 1000 + i * 3, same: () => "x", mail: (i) => `u${i}@example.org`, size: (i) => noise(i), refund: (i) => (noise(i + 7) < 400 ? 5 + noise(i) : 0), churned: (i) => (noise(i + 7) < 400 ? 1 : 0) }) });
    expect((await millrace(folder, "init", "--from", "c.csv")).code).toBe(0);
    const config = configIn(folder);
    for (const line of ['"same", // "x" in every row', '"mail", // e-mail addresses', '"refund", // alone tells the target', 'key: "id",', 'target: "churned"', "positive: 1, // it says yes"]) expect(config).toContain(line);
    await checked(folder);
  });

  it("another candidate that some column tells alone is said to be one", async () => {
    const folder = folderWith({ "c.csv": csv({ churned: (i) => (noise(i + 7) < 400 ? "yes" : "no"), price: (i) => noise(i), "price with tax": (i) => noise(i) * 1.19 }) });
    expect((await millrace(folder, "init", "--from", "c.csv")).code).toBe(0);
    expect(configIn(folder)).toContain('// Could be predicted too: "price with tax" (regression; "price" alone tells it), "price" (regression; "price with tax" alone tells it).');
  });

  it.each([
    ["an empty file", "", 3, 'SOURCE_BAD_FILE: The file "data\\.csv" is empty'],
    ["a header alone", "a,b\n", 3, "DATA_EMPTY: The file \\./data\\.csv has no rows"],
    ["bytes that are no text", "\u0001\u0000,\u0002\n\u0003,\u0004\n", 3, 'SOURCE_BAD_FILE: The file "data\\.csv" is no text'],
    ["nothing to predict", csv({ id: (i) => i, same: () => "x" }), 2, "INIT_NO_TARGET"],
  ])("%s is one clear error, and nothing is written", async (_, text, code, error) => {
    const folder = folderWith({ "data.csv": text });
    expect(await millrace(folder, "init", "--from", "data.csv")).toMatchObject({ code, err: expect.stringMatching(new RegExp(`^error ${error}`)) });
    expect(readdirSync(folder)).toEqual(["data.csv"]);
  });
});

describe("a file without a header", () => {
  const line = (i: number): string => `${noise(i)},${noise(i + 3) / 1000},${["x", "y", "z"][i % 3]},${noise(i + 7) < 400 ? "bad" : "good"}\n`;
  const init = (text: string) => millrace(folderWith({ "data.csv": text }), "init", "--from", "data.csv");

  it.each([
    ["numbers and texts", Array.from({ length: 300 }, (_, i) => line(i)).join("")],
    ["texts alone", Array.from({ length: 60 }, (_, i) => `${["red", "blue"][i % 2]},${["s", "m", "l"][i % 3]}\n`).join("")],
    ["whole numbers alone", Array.from({ length: 60 }, (_, i) => `${noise(i)},${noise(i + 9)},${noise(i + 20)}\n`).join("").replace(/^/, "500,501,7\n")],
    ["dates and numbers", Array.from({ length: 60 }, (_, i) => `2021-03-${String((i % 28) + 1).padStart(2, "0")},${noise(i)}\n`).join("")],
  ])("of %s is refused", async (_, text) => {
    expect(await init(text)).toMatchObject({ code: 2, err: expect.stringMatching(/^error INIT_NO_HEADER: The first line of \.\/data\.csv [^]*Add a first line/) });
  });

  it("whose first line holds a value twice hints at it", async () => {
    expect(await init(`5,5,x\n${Array.from({ length: 30 }, (_, i) => `${i},${i},x\n`).join("")}`)).toMatchObject({ code: 3, err: expect.stringMatching(/^error SOURCE_COLUMNS: [^]*a header is missing/) });
  });

  it("is not what a header of years, of words that are values, or of a one-letter name is", async () => {
    const sold = (i: number): string => (noise(i + 7) < 400 ? "yes" : "no");
    for (const text of [csv({ country: (i) => `c${i % 5}`, 1990: (i) => noise(i) * 9, 1991: (i) => noise(i + 1) * 9, sold }), csv({ age: (i) => noise(i), smoker: (i) => (i % 3 ? "smoker" : "other"), sold }), csv({ x: (i) => noise(i), sold })])
      expect(await init(text)).toMatchObject({ code: 0, err: "" });
  });
});

describe("what a run would refuse at once is refused before a config is written", () => {
  it.each([
    ["one column", csv({ size: (i) => noise(i) }), "INIT_NO_FEATURE", /from: the file has no other column\./],
    ["one number beside constants", csv({ same: () => "x", size: (i) => noise(i), none: () => "" }), "INIT_NO_FEATURE", /\("same": "x" in every row; "none": no value in any row\)/],
    ["three rows", csv({ size: (i) => noise(i), sold: (i) => (i % 2 ? "yes" : "no") }, 3), "INIT_FEW_ROWS", /The file has 3 rows with a value of /],
    ["one row of a class", csv({ size: (i) => noise(i), sold: (i) => (i === 5 ? "yes" : "no") }), "INIT_FEW_ROWS", /The file has 1 row in which "sold" is "yes"/],
  ])("%s", async (_, text, error, message) => {
    const folder = folderWith({ "data.csv": text });
    const { code, err } = await millrace(folder, "init", "--from", "data.csv", ...(text.includes("sold") ? ["--target", "sold"] : []));
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(err).toContain(`error ${error}`);
    expect(readdirSync(folder)).toEqual(["data.csv"]);
  });

  it("and the fewest rows of a class that are taken can be run", async () => {
    const folder = folderWith({ "data.csv": csv({ size: (i) => noise(i), sold: (i) => (i % 4 ? "no" : "yes") }, 16) });
    expect((await millrace(folder, "init", "--from", "data.csv", "--target", "sold")).code).toBe(0);
    expect(await millrace(folder, "run", "--only", "sold/evaluate")).toMatchObject({ code: 0, err: "" });
  });
});

it("numbers with a decimal comma are read as numbers by a query", async () => {
  const comma = (value: number): string => `${value < 500 ? "" : "1."}${String(100 + (value % 900))},${String(value % 100).padStart(2, "0")}`;
  const rows = Array.from({ length: 200 }, (_, i) => `${i % 50 === 3 ? "k.A." : comma(noise(i))};${["a", "b"][i % 2]};${noise(i + 7) < 400 ? "yes" : "no"}\n`);
  const folder = folderWith({ "data.csv": `betrag;art;sold\n${rows.join("")}` });
  expect(await millrace(folder, "init", "--from", "data.csv")).toMatchObject({ code: 0, err: "" });
  expect(readFileSync(join(folder, "sold.sql"), "utf8")).toMatch(/-- "betrag" is text in the file, since its numbers have a decimal comma[^]*try_cast\(replace/);
  expect(configIn(folder)).toMatch(/standardize", from: \["betrag"\]/);
  await checked(folder);
});

it("a column that is named like a target, but is constant, is said to have been passed over", async () => {
  const folder = folderWith({ "data.csv": csv({ size: (i) => noise(i), target: () => 1, sold: (i) => (noise(i + 7) < 400 ? "yes" : "no") }) });
  const { code, out } = await millrace(folder, "init", "--from", "data.csv");
  const said = '"target" is named like a target, but cannot be predicted: it holds nothing but "1".';
  expect([code, out]).toEqual([0, expect.stringContaining(said)]);
  expect(configIn(folder)).toContain(`// ${said}`);
});

it("a file of one object round the rows is told how rows are written", async () => {
  const folder = folderWith({ "data.json": JSON.stringify({ rows: [{ a: 1 }, { a: 2 }] }) });
  expect(await millrace(folder, "init", "--from", "data.json")).toMatchObject({ code: 2, err: expect.stringMatching(/^error INIT_NO_ROWS: No column of \.\/data\.json can be read\. [^]*"rows"[^]*one array of objects/) });
});

describe("answers", () => {
  it("are taken from the options", async () => {
    const folder = folderWith({ "sales.csv": SALES });
    const { code, json } = await millrace(folder, "init", "--from", "sales.csv", "--target", "size", "--model", "m", "--project", "p", "--folder", "sub", "--json");
    expect(code).toBe(0);
    expect(json()[0]).toMatchObject({ project: "p", model: "m", target: "size", problem: "regression", rows: 200, folder: join(folder, "sub") });
    expect(configIn(join(folder, "sub"))).toContain('files: "../sales.csv"');
  });

  it.each([
    [["--target", "siez"], "INIT_TARGET", 'Did you mean "size"?'],
    [["--time", "size"], "INIT_TIME", "Leave --time out"],
    [["--folder", "sales.csv"], "INIT_WRITE", "name another with --folder"],
  ])("%j is an error that says what to do", async (options, error, mend) => {
    const folder = folderWith({ "sales.csv": SALES });
    const { code, err } = await millrace(folder, "init", "--from", "sales.csv", ...options);
    expect(code).toBe(2);
    expect(err).toContain(`error ${error}`);
    expect(err).toContain(mend);
  });

  it("are needed where nobody can be asked", async () => {
    expect(await millrace(folderWith({ "sales.csv": SALES }), "init")).toMatchObject({ code: 2, err: expect.stringContaining("millrace init --from sales.csv") });
  });
});

describe("what is there", () => {
  it("is not written over, but for a config where that is asked for", async () => {
    const folder = folderWith({ "sales.csv": SALES, "millrace.config.ts": "export default {};\n", "README.md": "# mine\n" });
    expect(await millrace(folder, "init", "--from", "sales.csv")).toMatchObject({ code: 2, err: expect.stringMatching(/^error INIT_EXISTS: [^]*--force/) });
    expect(configIn(folder)).toBe("export default {};\n");
    expect((await millrace(folder, "init", "--from", "sales.csv", "--force")).code).toBe(0);
    expect(configIn(folder)).toContain('target: "sold"');
    expect(readFileSync(join(folder, "README.md"), "utf8")).toBe("# mine\n");
  });

  it("in another format stays, even where a config may be written over", async () => {
    const folder = folderWith({ "sales.csv": SALES, "millrace.config.yaml": "schema: 1\n" });
    expect(await millrace(folder, "init", "--from", "sales.csv", "--force")).toMatchObject({ code: 2, err: expect.stringContaining("millrace.config.yaml is there already") });
  });

  it("may be a folder that takes no file", async () => {
    const folder = folderWith({ "sales.csv": SALES });
    mkdirSync(join(folder, "sub/.npmrc"), { recursive: true });
    expect(await millrace(folder, "init", "--from", "sales.csv", "--folder", "sub")).toMatchObject({ code: 2, err: expect.stringContaining("error INIT_WRITE") });
  });
});
