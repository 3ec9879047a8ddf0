import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeStore } from "@millrace/core/testkit";
import { sqlite } from "./sqlite.js";

describeStore({
  name: "sqlite",
  create: async () => {
    const home = await mkdtemp(join(tmpdir(), "millrace-"));
    return {
      open: () => sqlite({ watchInterval: 5 }, { home, folder: home }),
      remove: () => rm(home, { recursive: true }),
    };
  },
});
