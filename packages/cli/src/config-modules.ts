import { createRequire } from "node:module";
import * as plugin from "@millrace/core/plugin";
import type { Modules } from "@millrace/core/project";

/**
 * What a config may import though it is not installed beside it. All of the core loads where a config or a plugin beside it asks for that:
 * by require, since it is asked for by a synchronous import as well.
 */
export async function configModules(): Promise<Modules> {
  const require = createRequire(import.meta.url);
  return {
    millrace: await import("./index.js"),
    "@millrace/core/plugin": plugin,
    get "@millrace/core"() {
      return require("@millrace/core") as Record<string, unknown>;
    },
  };
}
