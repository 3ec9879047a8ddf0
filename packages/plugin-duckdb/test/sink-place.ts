import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "@millrace/core";
import type { SinkPlace } from "@millrace/core/testkit";
import { openProject, readRows } from "./project.js";

const TYPES = { id: "int32", price: "float64", city: "string", isLate: "bool", at: "timestamp" };

/** A folder that a file sink writes to, read back by the source of the same name. */
export async function sinkPlace(name: string, options: object): Promise<SinkPlace> {
  const project = openProject();
  const folder = join(project.folder, "out");
  const files = (): string[] => (existsSync(folder) ? readdirSync(folder) : []);
  return {
    open: () => project.create("sink", name, { path: "out", ...options }),
    async read() {
      const rows: Row[] = [];
      for (const file of files().filter((each) => !each.startsWith("."))) {
        const source = await project.create("source", name, { files: `out/${file}`, types: TYPES });
        // JSON without rows tells no columns either.
        rows.push(...(await readRows(source).catch((error: unknown) => (/holds no rows/.test(String(error)) ? [] : Promise.reject(error)))));
      }
      return rows;
    },
    count: async () => files().length,
    remove: async () => project.remove(),
  };
}
