import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeArtifacts } from "@millrace/core/testkit";
import { createTemplateName } from "./template-name.js";

describeArtifacts({
  name: "template-name",
  async create() {
    const folder = await mkdtemp(join(tmpdir(), "template-name-"));
    const root = join(folder, "artifacts");
    return {
      open: async () => createTemplateName({ folder: "artifacts", level: 1 }, { folder }),
      async damage(id) {
        const path = join(root, id.slice(7, 9), `${id.slice(9)}.gz`);
        const bytes = await readFile(path);
        bytes[bytes.length >> 1]! ^= 0xff;
        await writeFile(path, bytes);
        const later = new Date(Date.now() + 1_000);
        await utimes(path, later, later);
      },
      count: async () => (await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile()).length,
      remove: () => rm(folder, { recursive: true }),
    };
  },
});
