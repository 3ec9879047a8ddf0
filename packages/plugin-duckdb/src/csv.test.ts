import { gzipSync } from "node:zlib";
import { describeSource } from "@millrace/core/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldTexts, readRows, testProject } from "../test/project.js";

/** A source of one file `t.csv`, or of the given files. */
function csv(content: string | Uint8Array | Record<string, string | Uint8Array>, options: object = {}) {
  const files = typeof content === "string" || content instanceof Uint8Array ? { "t.csv": content } : content;
  return testProject(files).create("source", "csv", { files: "*", ...options });
}

function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length - 6]! ^= 1;
  return bytes;
}

describeSource({
  name: "csv",
  create: () => csv({ "b.csv": "id,city,price,at\n3,Bern,.5,2001-01-01\n5,,,\n", "a.csv": "id,city,price,at\n1,Oslo,1.5,2001-02-03 04:05:06\n2,,2,2001-01-01\n", "c.csv.gz": gzipSync("price,id,at,city\n7.5,4,1999-12-31,Rome\n") }),
});

describeSource({ name: "csv with names that objects inherit", create: () => csv("constructor,toString,__proto__\n1,a,2.5\n2,b,\n") });

describe("types", () => {
  test.each([
    ["bool", ["true", "FALSE", ""]],
    ["int64", ["1", "-20", "+3", "0"]],
    ["float64", ["1", "2.5", "-1e-3", ".5", "nan", "-inf", "7."]],
    ["timestamp", ["2001-02-03", "2001/2/3", "2001-02-03 04:05", "2001-02-03T04:05:06.789"]],
    ["timestamp", ["2001-02-03T04:05:06Z", "2001-02-03 04:05:06+02", "2001-02-03 04:05:06-02:30", "2001-02-03"]],
    ["string", ["1", "x"]],
    ["string", ["007", "12"]],
    ["string", ["12345678901234567890", "1"]],
    ["string", ["9007199254740993", "1.5"]],
    ["string", ["2001-02-30", "2001-01-01"]],
    ["string", ["infinite", "epoch"]],
    ["string", ["1", "true"]],
    ["string", ["", ""]],
    ["string", ["03.04.2001"]],
  ])("%s holds %j", async (dtype, texts) => {
    const source = await csv(`row,v\n${texts.map((text, row) => `${row},${text}\n`).join("")}`);
    expect(await fieldTexts(source)).toEqual(["row:int64", `v:${dtype}`]);
    const rows = await readRows(source);
    expect(rows).toHaveLength(texts.length);
    expect(rows.map(({ v }) => v === null)).toEqual(texts.map((text) => text === "" || text === "nan"));
  });
  test("times without a zone are UTC, others are converted", async () => {
    expect(await readRows(await csv("t\n2001-02-03 04:05:06\n2001-02-03 04:05:06+02:00\n2001-02-03\n"))).toEqual([{ t: "2001-02-03T04:05:06.000Z" }, { t: "2001-02-03T02:05:06.000Z" }, { t: "2001-02-03T00:00:00.000Z" }]);
  });
  test("declared types win", async () => {
    const source = await csv("id,price\n1,2\n", { types: { id: "string", price: "float32" } });
    expect(await fieldTexts(source)).toEqual(["id:string", "price:float32"]);
    expect(await readRows(source)).toEqual([{ id: "1", price: 2 }]);
  });
  test("a declared column that is not there is refused", async () => {
    await expect((await csv("id\n1\n", { types: { ids: "string" } })).fields()).rejects.toMatchObject({ code: "SOURCE_NO_COLUMN", mend: 'Did you mean "id"?' });
  });
  test("a row behind the sample that does not fit is named with its line", async () => {
    await expect(readRows(await csv(`n\n${"1\n".repeat(50)}x\n`, { sampleRows: 50 }))).rejects.toMatchObject({
      code: "SOURCE_BAD_ROW",
      message: 'Line 52 of "t.csv": column "n": Could not convert string "x" to \'DOUBLE\'.',
      mend: expect.stringContaining('types: { "n": "string" }'),
      facts: { path: "t.csv", line: 52, column: "n" },
    });
  });

  test("a row far behind the sample is, too, and no row before it is taken for all", async () => {
    await expect(readRows(await csv(`n\n${"1\n".repeat(60_000)}x\n`, { sampleRows: 50 }))).rejects.toMatchObject({ code: "SOURCE_BAD_ROW", facts: { line: 60_002, column: "n" } });
  });

  test.each(["1.5", "-0.1", "1e300", "inf", "nan"])("a number behind the sample that is not whole is refused, and not rounded: %s", async (value) => {
    await expect(readRows(await csv(`a "n"\n${"1\n".repeat(50)}${value}\n`, { sampleRows: 50, quote: "'" }))).rejects.toMatchObject({
      code: "SOURCE_BAD_ROW",
      message: expect.stringContaining('"t.csv": column "a "n"" holds'),
      mend: expect.stringContaining('"float64"'),
      facts: { path: "t.csv", column: 'a "n"' },
    });
    await expect(readRows(await csv(`n\n${value}\n`, { types: { n: "int32" } }))).rejects.toMatchObject({ code: "SOURCE_BAD_ROW" });
  });

  test("whole numbers come as they stand, up to 2^53, however they are written", async () => {
    const rows = await readRows(await csv("n,m\n9007199254740991,-2147483648\n-9007199254740991,2147483647\n,\n3.0,1e3\n", { types: { n: "int64", m: "int32" } }));
    expect(rows).toEqual([{ n: 9007199254740991, m: -2147483648 }, { n: -9007199254740991, m: 2147483647 }, { n: null, m: null }, { n: 3, m: 1000 }]);
    await expect(readRows(await csv("n\n1\n9007199254740993\n", { types: { n: "int64" } }))).rejects.toMatchObject({ code: "SOURCE_INT64_RANGE", facts: { row: 1 } });
    await expect(readRows(await csv("n\n2147483648\n", { types: { n: "int32" } }))).rejects.toMatchObject({ code: "SOURCE_BAD_ROW" });
  });
});

describe("dialects", () => {
  test.each([",", ";", "\t", "|"])("the delimiter %j is found", async (delimiter) => {
    expect(await readRows(await csv(["a", "b,;", '"c"'].join(delimiter === "," || delimiter === ";" ? "\t" : delimiter).concat("\n", [1, 2, 3].join(delimiter === "," || delimiter === ";" ? "\t" : delimiter), "\n")))).toHaveLength(1);
    expect(Object.keys((await readRows(await csv(`a${delimiter}b\n1${delimiter}2\n`)))[0]!)).toEqual(["a", "b"]);
  });
  test("quotes hold delimiters, quotes and line ends", async () => {
    expect(await readRows(await csv('"a,1",b\n"x, ""y""","two\nlines"\n'))).toEqual([{ "a,1": 'x, "y"', b: "two\nlines" }]);
  });
  test("a comment may hold quotes, and stand behind the header and values", async () => {
    expect(await readRows(await csv('# as "given\na,b# names\n1,x# one "\n  # alone\n2,"#y"#\n', { comment: "#" }))).toEqual([{ a: 1, b: "x" }, { a: 2, b: "#y" }]);
  });
  test("options change quote, escape, comment and nulls", async () => {
    const source = await csv("# a comment\na,b\n'x, \\'y\\'',NA\n'z',3\n", { quote: "'", escape: "\\", comment: "#", nulls: ["NA"] });
    expect(await readRows(source)).toEqual([{ a: "x, 'y'", b: null }, { a: "z", b: 3 }]);
  });
  test("without a header the columns are numbered", async () => {
    expect(await readRows(await csv("1,x\n2,y\n", { header: false }))).toEqual([{ column0: 1, column1: "x" }, { column0: 2, column1: "y" }]);
  });
  test.each([
    ["LF", "a,b\n1,x\n2,y\n"],
    ["CR LF", "a,b\r\n1,x\r\n2,y\r\n"],
    ["CR LF, then LF", "a,b\r\n1,x\n2,y\r\n"],
    ["LF, then CR LF", "a,b\n1,x\n2,y\r\n"],
    ["CR", "a,b\r1,x\r2,y\r"],
    ["no end of the last line", "a,b\n1,x\n2,y"],
    ["empty lines", "a,b\n\n1,x\n\n2,y\n\n"],
    ["a byte order mark", "\uFEFFa,b\n1,x\n2,y\n"],
  ])("lines may end in %s", async (_, text) => {
    expect(await readRows(await csv(text))).toEqual([{ a: 1, b: "x" }, { a: 2, b: "y" }]);
  });
  test("mixed line ends are read from gzip too, also where a chunk ends between CR and LF", async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i},text ${i}${i % 2 === 0 ? "\r\n" : "\n"}`);
    const rows = await readRows(await csv({ "t.csv.gz": gzipSync(`id,text\r\n${lines.join("")}`) }));
    expect(rows).toHaveLength(60_000);
    expect(rows.every(({ id, text }, i) => id === i && text === `text ${i}`)).toBe(true);
  });
  test("a header alone is a table without rows", async () => {
    const source = await csv("a,b\n");
    expect(await fieldTexts(source)).toEqual(["a:string", "b:string"]);
    expect(await readRows(source)).toEqual([]);
  });
});

describe("files that are wrong", () => {
  test.each([
    ["a value too many", "a,b\n1,2\n3,4,5\n6,7\n", 3],
    ["a value too few", "a,b\n1,2\n3\n6,7\n", 3],
    ["mixed line ends and a value too many", "a,b\r\n1,2\n3,4,5\r\n", 3],
    ["a quote that does not end", 'a,b\n1,"x\n2,y\n', 2],
    ["text behind a quote", 'a,b\n1,"x"y\n', 2],
  ])("%s is refused with its line", async (_, text, line) => {
    await expect(readRows(await csv(text))).rejects.toMatchObject({ code: "SOURCE_BAD_ROW", facts: { path: "t.csv", line } });
  });
  test("bytes that are no UTF-8 are refused", async () => {
    await expect(readRows(await csv(Buffer.from("a,b\n\xFF\xFE,1\n", "latin1")))).rejects.toMatchObject({ code: "SOURCE_BAD_ROW", mend: "Save the file as UTF-8." });
  });
  test("a very long line is refused with its number and the reason", async () => {
    const failing = readRows(await csv(`a,b\n1,2\n3,${"x".repeat(3_000_000)}\n`));
    await expect(failing).rejects.toMatchObject({ code: "SOURCE_BAD_ROW", message: expect.stringMatching(/^Line 3 of "t\.csv": .*\(\d+ characters\).*Maximum line size/), mend: expect.stringContaining("`maxLineBytes`"), facts: { path: "t.csv", line: 3 } });
  });
  test("a very long line is read where `maxLineBytes` has room for it", async () => {
    expect(await readRows(await csv(`a,b\n1,2\n3,${"x".repeat(3_000_000)}\n`, { maxLineBytes: 4_000_000 }))).toHaveLength(2);
  });
  test.each([
    ["with a mark, the low byte first", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a,b\n1,x\n", "utf16le")])],
    ["with a mark, the high byte first", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from("a,b\n1,x\n", "utf16le").swap16()])],
    ["without a mark", Buffer.from("a,b\n1,x\n", "utf16le")],
  ])("UTF-16 is told, %s", async (_, bytes) => {
    await expect((await csv(bytes)).fields()).rejects.toMatchObject({ code: "SOURCE_BAD_FILE", message: 'The file "t.csv" is UTF-16, not UTF-8.', mend: "Save the file as UTF-8." });
  });
  test.each([
    ["an empty file", { "t.csv": "" }, "empty"],
    ["a file of bytes", { "t.csv": Buffer.from([1, 0, 44, 7, 10, 3, 0]) }, "is no text"],
    ["a gzip file that is cut off", { "t.csv.gz": gzipSync("a,b\n".repeat(50_000)).subarray(0, 80) }, "not a whole gzip file"],
    ["a gzip file with a wrong byte", { "t.csv.gz": flipped(gzipSync("a,b\n1,2\n")) }, "not a whole gzip file"],
  ])("%s is named", async (_, files, text) => {
    await expect((await csv(files)).fields()).rejects.toMatchObject({ code: "SOURCE_BAD_FILE", message: expect.stringContaining(text), facts: { path: Object.keys(files)[0] } });
  });
  test("a column named twice is refused", async () => {
    await expect((await csv("a,b,a\n1,2,3\n")).fields()).rejects.toMatchObject({ code: "SOURCE_COLUMNS", facts: { column: "a" } });
  });
});

test("gzip is told by the bytes, not by the name", async () => {
  expect(await readRows(await csv({ "t.csv": gzipSync("a\n1\n"), "u.csv.gz": "a\n2\n" }))).toEqual([{ a: 1 }, { a: 2 }]);
});

describe("several files", () => {
  test("with other columns are refused, all differences named", async () => {
    await expect((await csv({ "a.csv": "id,city\n1,x\n", "b.csv": "id,town,zip\n1,x,2\n" })).fields()).rejects.toMatchObject({
      code: "SOURCE_COLUMNS",
      message: '"b.csv" and "a.csv" have different columns: it lacks "city"; it also has "town", "zip".',
    });
  });
  test("with other types are refused, with the option to paste", async () => {
    await expect((await csv({ "a.csv": "id,fee,n\n1,,1\n", "b.csv": "id,fee,n\n1,2.5,2.5\n" })).fields()).rejects.toMatchObject({
      code: "SOURCE_COLUMNS",
      message: 'Column "fee" is string in "a.csv" and float64 in "b.csv". Column "n" is int64 in "a.csv" and float64 in "b.csv".',
      mend: 'Declare what they are: types: { "fee": "float64", "n": "float64" }.',
    });
  });
  test("with a text among the numbers of one are refused with its line", async () => {
    const failing = (await csv({ "a.csv": "id,fee\n1,2\n", "b.csv": 'id,fee\n1,3\n"2\n",n/a\n' })).fields();
    await expect(failing).rejects.toMatchObject({ code: "SOURCE_COLUMNS", message: expect.stringContaining('Column "fee" is int64 in "a.csv" and string in "b.csv". In "b.csv" the first value of "fee" that is no number is "n/a", in line 3.'), mend: 'Mend that value, or declare what they are: types: { "fee": "string" }.', facts: { column: "fee", path: "b.csv", line: 3, value: "n/a" } });
  });
  test("with the types declared are one table", async () => {
    const source = await csv({ "a.csv": "id,fee\n1,\n", "b.csv": "fee,id\n2.5,2\n" }, { types: { fee: "float64" } });
    expect(await readRows(source)).toEqual([{ id: 1, fee: null }, { id: 2, fee: 2.5 }]);
  });
  test("are partitions by name, each with a digest of its own content and the options", async () => {
    const project = testProject({ "b.csv": "a\n1\n", "a.csv": "a\n1\n", "c.csv": "a\n2\n" });
    const partitions = await (await project.create("source", "csv", { files: "*.csv" })).partitions();
    expect(partitions.map(({ id }) => id)).toEqual(["a.csv", "b.csv", "c.csv"]);
    expect(partitions[0]!.digest).toBe(partitions[1]!.digest);
    expect(partitions[2]!.digest).not.toBe(partitions[1]!.digest);
    expect((await (await project.create("source", "csv", { files: "*.csv", header: false })).partitions())[0]!.digest).not.toBe(partitions[0]!.digest);
    project.write("a.csv", "a\n3\n");
    expect((await (await project.create("source", "csv", { files: "*.csv" })).partitions())[0]!.digest).not.toBe(partitions[0]!.digest);
  });
});

describe("the line of a row", () => {
  const value = fc.oneof(
    fc.constantFrom("", "x", "5", " ", "a b", '"', "'", "\\", "#", "é", "x#y"),
    fc.tuple(fc.constantFrom("", "", " "), fc.array(fc.constantFrom("x", "\n", "\r\n", ",", '""', "é", " ", "#"), { maxLength: 4 }), fc.constantFrom("", "", " ", "#", ' #"')).map(([before, parts, after]) => `${before}"${parts.join("")}"${after}`),
  );
  const between = fc.constantFrom("", "", "\n", "# a comment\n", "\n\n", '# "\n');

  test("is where it stands in the file, whatever quotes hold, and whatever lines are left out", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(between, value, value), { minLength: 1, maxLength: 6 }), fc.constantFrom("\n", "\r\n"), fc.boolean(), fc.boolean(), async (rows, end, header, isLast) => {
        const lines = `${header ? "row,a,b\n" : ""}${rows.map(([before, a, b], index) => `${before}r${index},${a},${b}\n`).join("")}`;
        const text = (isLast ? lines.trimEnd() : lines).replaceAll("\r\n", "\n").replaceAll("\n", end);
        const source = await csv(text, { header, comment: "#", types: Object.fromEntries((header ? ["row", "a", "b"] : ["column0", "column1", "column2"]).map((name) => [name, "string"])) });
        // What DuckDB refuses has no rows, and a row that begins inside quotes of a line before has no name to be found by.
        const read = await readRows(source).catch(() => null);
        fc.pre(read !== null && read.every((row) => /^r\d$/.test(String(row[header ? "row" : "column0"]))));
        const [partition] = await source.partitions();
        const found = await source.lines!(partition!, [...read.keys(), read.length]);
        const expected = read.map((row) => text.slice(0, text.indexOf(`${String(row[header ? "row" : "column0"])},`)).split(end).length);
        expect({ text, found }).toEqual({ text, found: [...expected, null] });
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ["an escape of its own", "a,b\n'x\\'\ny',1\nz,2\n", { quote: "'", escape: "\\" }, [2, 4]],
    ["mixed line ends", "a,b\r\n1,x\n\r\n2,y\r\n", {}, [2, 4]],
    ["CR alone", "a,b\r1,x\r2,y\r", {}, [2, 3]],
    ["a byte order mark", "\uFEFFa,b\n1,x\n", {}, [2]],
    ["one column, whose empty lines are missing values", "a\n1\n\n2\n", {}, [2, 3, 4]],
    ["gzip", gzipSync('a,b\n"1\n",x\n2,y\n'), {}, [2, 4]],
  ])("is told with %s", async (_, content, options, lines) => {
    const source = await csv(content, options);
    const [partition] = await source.partitions();
    expect(await readRows(source)).toHaveLength(lines.length);
    expect(await source.lines!(partition!, [...lines.keys()])).toEqual(lines);
  });
});
