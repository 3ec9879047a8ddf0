import { utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testProject } from "../../test/project.js";
import { digestFile } from "./digest.js";

/** The digests of a file and of what stands in its place, of the same size and time. */
async function twoDigests(time: Date): Promise<readonly [string, string]> {
  const project = testProject();
  const path = join(project.folder, "t.csv");
  const digestOf = (content: string): Promise<string> => {
    project.write("t.csv", content);
    utimesSync(path, time, time);
    return digestFile(path);
  };
  return [await digestOf("a\n1\n"), await digestOf("a\n3\n")];
}

test("a file that is written to twice within a tick of the file system's clock has the digest of what it holds", async () => {
  const [first, second] = await twoDigests(new Date());
  expect(second).not.toBe(first);
});

test("a file whose last change is long ago is hashed once", async () => {
  const [first, second] = await twoDigests(new Date("2020-01-01T00:00:00Z"));
  expect(second).toBe(first);
});
