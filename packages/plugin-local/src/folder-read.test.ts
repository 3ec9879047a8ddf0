import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chunksOf } from "./folder-read.js";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "millrace-"));
});

afterEach(() => rm(home, { recursive: true }));

async function read(path: string, isAlone: boolean) {
  const memory = new Uint8Array(16);
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(path, (size) => memory.subarray(0, size), isAlone)) chunks.push(chunk);
  return { memory, chunks };
}

describe.each([true, false])("a file, by who has nothing else to do: %s", (isAlone) => {
  it("comes as one chunk in the memory that it is given", async () => {
    const path = join(home, "file");
    await writeFile(path, "abc");
    const { memory, chunks } = await read(path, isAlone);
    expect(chunks).toEqual([new Uint8Array(Buffer.from("abc"))]);
    expect(chunks[0]!.buffer).toBe(memory.buffer);
  });

  it("comes whole where it is empty", async () => {
    const path = join(home, "file");
    await writeFile(path, "");
    expect((await read(path, isAlone)).chunks.map(({ length }) => length)).toEqual([0]);
  });

  it("comes in chunks where it is large", async () => {
    const path = join(home, "file");
    const file = await open(path, "w");
    await file.truncate(2 ** 26 + 1);
    await file.close();
    const lengths = (await read(path, isAlone)).chunks.map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(1);
    expect(lengths.reduce((sum, length) => sum + length)).toBe(2 ** 26 + 1);
  });

  it("that is not there is an error of the file system", async () => {
    await expect(read(join(home, "none"), isAlone)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
