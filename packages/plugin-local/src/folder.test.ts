import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeArtifacts } from "@millrace/core/testkit";
import { folder } from "./folder.js";

describeArtifacts({
  name: "folder",
  create: async () => {
    const home = await mkdtemp(join(tmpdir(), "millrace-"));
    const root = join(home, "artifacts");
    return {
      open: async () => folder({}, { home, folder: home }),
      async damage(id) {
        const path = join(root, id.slice(7, 9), id.slice(9));
        const bytes = await readFile(path);
        bytes[bytes.length - 1]! ^= 1;
        await writeFile(path, bytes);
      },
      count: async () => (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length,
      remove: () => rm(home, { recursive: true }),
    };
  },
});
