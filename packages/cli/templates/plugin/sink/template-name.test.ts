import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "@millrace/core";
import { describeSink } from "@millrace/core/testkit";
import { createTemplateName } from "./template-name.js";

describeSink({
  name: "template-name",
  async create() {
    const folder = await mkdtemp(join(tmpdir(), "template-name-"));
    const root = join(folder, "out");
    const files = () => readdir(root).catch(() => []);
    return {
      open: () => createTemplateName({ folder: "out" }, { folder }),
      async read() {
        const texts = await Promise.all((await files()).map((name) => readFile(join(root, name), "utf8")));
        return texts.flatMap((text) => text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Row));
      },
      count: async () => (await files()).length,
      remove: () => rm(folder, { recursive: true }),
    };
  },
});
