import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { testProject } from "../../test/project.js";
import { locateFiles } from "./locate.js";

const here = dirname(fileURLToPath(import.meta.url));
const FILES = { "data/b.csv": "1", "data/a.csv": "2", "data/deep/c.csv": "3", "data/d.json": "4", "data/.hidden.csv": "5", "we[1]?.csv": "6" };

async function names(patterns: string | readonly string[]): Promise<string[]> {
  const { folder } = testProject(FILES);
  return (await locateFiles(patterns, folder)).map(({ name }) => name);
}

describe("finds", () => {
  test.each<[string, string | string[], string[]]>([
    ["a path", "data/a.csv", ["data/a.csv"]],
    ["a path from here", "./data/../data/a.csv", ["data/a.csv"]],
    ["a glob, by name", "data/*.csv", ["data/a.csv", "data/b.csv"]],
    ["a deep glob", "data/**/*.{csv,json}", ["data/a.csv", "data/b.csv", "data/d.json", "data/deep/c.csv"]],
    ["a list, each file once", ["data/deep/*", "data/b.csv", "data/b*"], ["data/b.csv", "data/deep/c.csv"]],
    ["a file whose name looks like a glob", "we[1]?.csv", ["we[1]?.csv"]],
  ])("%s", async (_, patterns, found) => {
    expect(await names(patterns)).toEqual(found);
  });
  test("absolute paths under names that do not tell where they lie", async () => {
    const { folder } = testProject(FILES);
    const located = await locateFiles([join(folder, "data/a.csv"), join(folder, "data/deep/*.csv")], "/");
    expect(located.map(({ name }) => name)).toEqual(["a.csv", "c.csv"]);
  });
  test("files of an installed package, whatever it exports", async () => {
    expect((await locateFiles("npm:vega-datasets/data/airports.csv", here)).map(({ name }) => name)).toEqual(["npm:vega-datasets/data/airports.csv"]);
    expect((await locateFiles("npm:vega-datasets/data/flights-*k.json", here)).length).toBeGreaterThan(2);
  });
});

describe("says what is wrong", () => {
  test.each([
    ["a slip of the pen", "data/aa.csv", 'Did you mean "a.csv"?'],
    ["a folder that is not there", "dada/a.csv", "There is no folder"],
    ["a folder", "data", 'for example "data/*.parquet"'],
    ["a glob without a match", "data/*.parquet", "Check the folder and the extension"],
    ["a package that is not there", "npm:no-such-package-here/a.csv", "Run: npm install no-such-package-here"],
    ["a package without a path", "npm:vega-datasets", 'Write "npm:<package>/<path in the package>"'],
    ["a path out of a package", "npm:vega-datasets/../other/a.csv", 'Write "npm:<package>/<path in the package>"'],
  ])("%s", async (_, pattern, mend) => {
    await expect(names(pattern)).rejects.toMatchObject({ code: "SOURCE_NO_FILE", mend: expect.stringContaining(mend), facts: { path: pattern } });
  });
});
