import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeStore } from "@millrace/core/testkit";
import { expect, it, onTestFinished } from "vitest";
import { createTemplateName } from "./template-name.js";

const newFolder = () => mkdtemp(join(tmpdir(), "template-name-"));

describeStore({
  name: "template-name",
  async create() {
    const folder = await newFolder();
    return { open: async () => createTemplateName({ file: "records.jsonl" }, { folder }), remove: () => rm(folder, { recursive: true }) };
  },
});

it("goes on behind a commit that was cut off", async () => {
  const folder = await newFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  const open = () => createTemplateName({ file: "records.jsonl" }, { folder });
  const lease = (id: string) => ({ entity: "lease", id, expect: null, value: { holder: "me", expiresAt: 0 } }) as const;
  await open().commit([lease("a")]);
  await appendFile(join(folder, "records.jsonl"), '[{"entity":"lease","id":"b"');
  expect(await open().get("lease", "b")).toBeNull();
  await open().commit([lease("c")]);
  expect((await open().find("lease", {})).map(({ id }) => id)).toEqual(["a", "c"]);
});
