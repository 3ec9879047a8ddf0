import { describeSource } from "@millrace/core/testkit";
import { describe, expect, test } from "vitest";
import { fieldTexts, readFrame, readRows, testProject } from "../test/project.js";

const TRIPS = "id,day,city\n1,2023-12-30,Oslo\n2,2023-12-31,\n3,2024-02-01,Rome\n4,2023-01-01,Oslo\n";
const files = { trips: "trips.csv" };

function sql(query: string, more: object = {}, content: Record<string, string | Uint8Array> = { "trips.csv": TRIPS }) {
  return testProject(content).create("source", "sql", { query, files, ...more });
}

describeSource({
  name: "sql",
  reads: ["asOf", "keys"],
  create: () => sql("SELECT id, day, city, id / 3 AS share, [id, id * 2] AS pair FROM trips WHERE day < :asOf AND (:keys IS NULL OR id = ANY(:keys)) ORDER BY day;"),
});

describe("rows", () => {
  test("come in the query's order, whichever columns are read", async () => {
    const source = await sql("SELECT * FROM trips ORDER BY day DESC");
    expect((await readRows(source)).map(({ id }) => id)).toEqual([3, 2, 1, 4]);
    expect(await readRows(source, { columns: ["id"] })).toEqual([{ id: 3 }, { id: 2 }, { id: 1 }, { id: 4 }]);
  });
  test("of several files stand in the order of their names, columns by name", async () => {
    const source = await sql("SELECT a, b FROM t", { files: { t: "part*.csv" } }, { "part2.csv": "b,a\n4,3\n", "part1.csv": "a,b\n1,2\n" });
    expect(await readRows(source)).toEqual([{ a: 1, b: 2 }, { a: 3, b: 4 }]);
  });
  test("of a file with options are read by them", async () => {
    const source = await sql("SELECT * FROM t", { files: { t: { path: "t.txt", format: "csv", csv: { delimiter: ";", nulls: ["NA"] }, types: { a: "string" } } } }, { "t.txt": "a;b\n1;NA\n2;5\n" });
    expect(await readRows(source)).toEqual([{ a: "1", b: null }, { a: "2", b: 5 }]);
  });
  test("that do not fit into memory are sorted on disk", async () => {
    const project = testProject();
    const small = { ...project.context, limits: { threads: 1, memoryBytes: 128 * 2 ** 20 } };
    const { sql: create } = await import("./sql.js");
    const frame = await readFrame(create({ query: "SELECT md5(range::VARCHAR) AS text FROM range(1500000) ORDER BY text", files: {} }, small));
    expect(frame.length).toBe(1_500_000);
  });
});

describe("parameters", () => {
  test(":asOf is a UTC timestamp and :keys a list, in texts and comments they are neither", async () => {
    const source = await sql("SELECT id, ':asOf' AS text, :asOf AS t -- :keys\nFROM trips WHERE :keys IS NULL OR city = ANY($keys)");
    expect(await readRows(source, { asOf: new Date("2024-01-02T03:04:05.678Z"), keys: ["Rome", "it's"] })).toEqual([{ id: 3, text: ":asOf", t: "2024-01-02T03:04:05.678Z" }]);
  });
  test("no keys are no rows, null is every row", async () => {
    const source = await sql("SELECT id FROM trips WHERE :keys IS NULL OR id = ANY(:keys)");
    expect(await readRows(source)).toHaveLength(4);
    expect(await readRows(source, { keys: [] })).toEqual([]);
    expect(await readRows(source, { keys: [4, 1] })).toEqual([{ id: 1 }, { id: 4 }]);
  });
  test("a query that reads :asOf runs only with a time, and tells its fields without", async () => {
    const source = await sql("SELECT :asOf AS t, id FROM trips");
    expect(await fieldTexts(source)).toEqual(["t:timestamp", "id:int64"]);
    await expect(readRows(source)).rejects.toMatchObject({ code: "SOURCE_PARAMETER" });
  });
  test("a key that is no text, number or boolean is refused", async () => {
    await expect(readRows(await sql("SELECT id FROM trips WHERE id = ANY(:keys)"), { keys: [{ id: 1 }] })).rejects.toMatchObject({ code: "SOURCE_PARAMETER" });
  });
});

describe("digests", () => {
  test("follow from query, content and options, not from names, folders or the end of the query", async () => {
    const digest = async (...given: Parameters<typeof sql>) => (await (await sql(...given)).partitions())[0]!.digest;
    const first = await digest("SELECT 1 AS one FROM trips");
    expect(await digest("SELECT 1 AS one FROM trips;\n")).toBe(first);
    expect(await digest("SELECT 1 AS one FROM trips", { files: { trips: "data/other.csv" } }, { "data/other.csv": TRIPS })).toBe(first);
    const others = [
      await digest("SELECT 2 AS one FROM trips"),
      await digest("SELECT 1 AS one FROM trips", {}, { "trips.csv": `${TRIPS}5,2024-01-01,Bern\n` }),
      await digest("SELECT 1 AS one FROM trips", { files: { trips: { path: "trips.csv", types: { id: "string" } } } }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });
});

describe("only the named files are in reach", () => {
  test.each([
    ["another file by its path", "SELECT * FROM 'secret.csv'"],
    ["another file by function", "SELECT * FROM read_csv('/etc/passwd')"],
    ["another file's text", "SELECT * FROM read_text('/etc/hostname')"],
    ["a folder's list", "SELECT * FROM glob('/*')"],
    ["the web", "SELECT * FROM read_parquet('https://example.com/a.parquet')"],
    ["the data's own path, written to", "COPY trips TO 'trips.csv'"],
    ["another database", "ATTACH '/tmp/other.db'"],
  ])("%s is refused", async (_, query) => {
    const source = await sql(query, {}, { "trips.csv": TRIPS, "secret.csv": "a\n1\n" });
    const failure = (await source.fields().catch((error: unknown) => error)) as { code: string; mend: string };
    expect(["SOURCE_FORBIDDEN_PATH", "SOURCE_SQL"]).toContain(failure.code);
    expect(failure.mend).not.toBe("");
    await expect(readRows(source)).rejects.toMatchObject({ code: failure.code });
  });
  test("the error names the path and says what to do", async () => {
    await expect(readRows(await sql("SELECT * FROM read_csv('/etc/passwd')"))).rejects.toMatchObject({
      code: "SOURCE_FORBIDDEN_PATH",
      message: 'The query reaches for "/etc/passwd"; it may read only the names in `files`.',
      facts: { path: "/etc/passwd" },
    });
  });
  test.each(["SET threads = 4", "SELECT 1 AS a; SELECT 2 AS b", "CREATE TABLE t (a INTEGER)", "EXPLAIN SELECT 1", "-- nothing", "INSTALL httpfs"])("%s is not one SELECT", async (query) => {
    await expect((await sql(query)).fields()).rejects.toMatchObject({ code: expect.stringMatching(/SOURCE_SQL|SOURCE_FORBIDDEN_PATH/) });
  });
});

describe("a query that would give other rows each time is refused", () => {
  test.each([
    ["SELECT id FROM trips WHERE day < now()", "now()"],
    ["WITH t AS (SELECT * FROM trips WHERE day < CURRENT_DATE) SELECT id FROM t", "current_date"],
    ["SELECT id FROM trips ORDER BY random()", "random()"],
    ["SELECT id, (SELECT uuid()) AS u FROM trips", "uuid()"],
    ["SELECT id FROM trips USING SAMPLE 2", "a sample without a seed"],
    ["SELECT id, age(day) AS a FROM trips", "age() without a second time"],
    ["SELECT id FROM trips QUALIFY row_number() OVER (ORDER BY random()) = 1", "random()"],
  ])("%s", async (query, use) => {
    await expect((await sql(query)).fields()).rejects.toMatchObject({ code: "SOURCE_UNREPEATABLE", message: expect.stringContaining(`The query uses ${use}:`) });
  });
  test("a sample with a seed, a column of such a name and two times are not", async () => {
    const source = await sql("SELECT epoch(age(day, TIMESTAMP '2020-01-01')) AS age, t.now FROM (SELECT *, id AS now FROM trips) AS t TABLESAMPLE reservoir(2) REPEATABLE (1)");
    expect(await readRows(source)).toHaveLength(2);
  });
});

describe("a query that is wrong", () => {
  test.each([
    ["a slip of the pen", "SELECT id\nFRM trips", 2, 'syntax error at or near "trips"'],
    ["a column that is not there", "SELECT id,\n  town\nFROM trips", 2, 'Referenced column "town" not found'],
    ["a value that does not convert", "SELECT CAST(city AS INTEGER) AS n FROM trips", 1, "Could not convert string 'Oslo'"],
  ])("%s is named with its line", async (_, query, line, text) => {
    await expect(readRows(await sql(query))).rejects.toMatchObject({ code: "SOURCE_SQL", message: expect.stringContaining(text), facts: { line } });
  });
  test("a table that is not there gets the nearest one", async () => {
    await expect(readRows(await sql("SELECT * FROM trip"))).rejects.toMatchObject({ code: "SOURCE_SQL", message: 'DuckDB refuses the query at line 1: there is no table "trip".', mend: 'Did you mean "trips"?' });
  });
  test("two columns of one name are refused", async () => {
    await expect((await sql("SELECT id, city AS id FROM trips")).fields()).rejects.toMatchObject({ code: "SOURCE_COLUMNS" });
  });
  test("a damaged file is named, not the query", async () => {
    await expect(readRows(await sql("SELECT * FROM t", { files: { t: "t.parquet" } }, { "t.parquet": "no parquet at all" }))).rejects.toMatchObject({ code: "SOURCE_BAD_FILE", facts: { path: "t.parquet" } });
  });
  test("a file whose extension tells nothing needs its format", async () => {
    await expect((await sql("SELECT * FROM t", { files: { t: "t.dat" } }, { "t.dat": "a\n1\n" })).partitions()).rejects.toMatchObject({ code: "SOURCE_FORMAT" });
  });
});
