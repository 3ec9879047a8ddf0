import { mkdir, mkdtemp, open, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, hasArtifact, putBytes, type ArtifactStore } from "@millrace/core";
import { describeArtifacts } from "@millrace/core/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folderError } from "./folder-error.js";
import { folder } from "./folder.js";

const ABC = Buffer.from("abc");
const ABC_PATH = "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "millrace-"));
});

afterEach(() => rm(home, { recursive: true }));

const openFolder = (path?: string): ArtifactStore => folder(path === undefined ? {} : { path }, { home, folder: home });

async function filesIn(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describeArtifacts({
  name: "folder",
  create: async () => {
    const place = await mkdtemp(join(tmpdir(), "millrace-"));
    const root = join(place, "artifacts");
    return {
      open: async () => folder({}, { home: place, folder: place }),
      async damage(id) {
        const path = join(root, id.slice(7, 9), id.slice(9));
        const bytes = await readFile(path);
        bytes[bytes.length - 1]! ^= 1;
        await writeFile(path, bytes);
        const later = new Date(Date.now() + 1_000);
        await utimes(path, later, later);
      },
      count: async () => (await filesIn(root)).length,
      remove: () => rm(place, { recursive: true }),
    };
  },
});

test("an artifact is a file of its bytes, named by its digest", async () => {
  await putBytes(openFolder(), ABC);
  expect(await readFile(join(home, "artifacts", ABC_PATH))).toEqual(ABC);
  await putBytes(openFolder("elsewhere"), ABC);
  expect(await readFile(join(home, "elsewhere", ABC_PATH))).toEqual(ABC);
});

test("drafts of processes that were killed are let go after a day", async () => {
  const drafts = join(home, "artifacts", "tmp");
  await mkdir(drafts, { recursive: true });
  await writeFile(join(drafts, "old"), "half");
  await writeFile(join(drafts, "fresh"), "half");
  const longAgo = new Date(Date.now() - 25 * 3600 * 1000);
  await utimes(join(drafts, "old"), longAgo, longAgo);
  await putBytes(openFolder(), ABC);
  expect(await readdir(drafts)).toEqual(["fresh"]);
});

test("a file that cannot be put in its place is an error that names it, and leaves no draft", async () => {
  await mkdir(join(home, "artifacts", ABC_PATH, "not empty"), { recursive: true });
  await expect(putBytes(openFolder(), ABC)).rejects.toMatchObject({ code: "ARTIFACT_FAILED", facts: { path: join(home, "artifacts", ABC_PATH) } });
  expect(await filesIn(home)).toEqual([]);
});

test("a folder that cannot be made is an error, and a later put may succeed", async () => {
  await writeFile(join(home, "artifacts"), "a file in the way");
  const artifacts = openFolder();
  await expect(putBytes(artifacts, ABC)).rejects.toMatchObject({ code: "ARTIFACT_FAILED" });
  expect(await hasArtifact(artifacts, digestOf(ABC))).toBe(false);
  await rm(join(home, "artifacts"));
  expect(await putBytes(artifacts, ABC)).toBe(digestOf(ABC));
});

test("a full disk is ARTIFACT_NO_SPACE, with what to do", async () => {
  for (const code of ["ENOSPC", "EDQUOT", "EFBIG"]) {
    const cause = Object.assign(new Error(code), { code, syscall: "write" });
    expect(folderError(cause, "/disk/x")).toMatchObject({ code: "ARTIFACT_NO_SPACE", mend: expect.stringContaining("artifacts.with.path"), cause });
  }
  const own = new Error("of the writer");
  expect(folderError(own, "/disk/x")).toBe(own);
});

test.runIf(process.platform === "linux")("what the system says of a full disk is understood", async () => {
  const full = await open("/dev/full", "w");
  const error: unknown = await full.write(ABC).catch((cause: unknown) => cause);
  await full.close();
  expect(folderError(error, "/dev/full")).toMatchObject({ code: "ARTIFACT_NO_SPACE" });
});
