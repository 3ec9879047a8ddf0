import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf } from "@millrace/core";
import { describeSource } from "@millrace/core/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTemplateName } from "./template-name.js";

const ROWS = Array.from({ length: 9_000 }, (_, id) => ({ id, city: id % 5 === 0 ? null : `city ${id % 7}`, at: new Date(86_400_000 * id).toISOString(), other: true }));
const columns = { id: "int32", city: "string", at: "timestamp" } as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "template-name-"));
  await writeFile(join(folder, "rows.jsonl"), ROWS.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await writeFile(join(folder, "broken.jsonl"), '{"id": 1}\n{"id":\n');
});
afterAll(() => rm(folder, { recursive: true }));

describeSource({ name: "template-name", create: () => createTemplateName({ file: "rows.jsonl", columns }, { folder }) });

it("has the digest of the file's bytes", async () => {
  expect((await createTemplateName({ file: "rows.jsonl", columns }, { folder }).partitions())[0]!.digest).toBe(digestOf(await readFile(join(folder, "rows.jsonl"))));
});

it("names the line that is broken", async () => {
  const source = createTemplateName({ file: "broken.jsonl", columns }, { folder });
  const [partition] = await source.partitions();
  const batches = source.read({ partition: partition!, columns: null, asOf: null, keys: null }, new AbortController().signal);
  await expect(batches[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "SOURCE_LINE", facts: { line: 2 } });
});

it("says which file is not there, when it is planned and when it is read", async () => {
  const source = createTemplateName({ file: "gone.jsonl", columns }, { folder });
  await expect(source.partitions()).rejects.toMatchObject({ code: "SOURCE_NO_FILE", facts: { file: join(folder, "gone.jsonl") } });
  const batches = source.read({ partition: { id: "gone.jsonl", digest: digestOf("") }, columns: null, asOf: null, keys: null }, new AbortController().signal);
  await expect(batches[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "SOURCE_NO_FILE" });
  await expect(createTemplateName({ file: ".", columns }, { folder }).partitions()).rejects.toMatchObject({ code: "SOURCE_NO_FILE" });
});
