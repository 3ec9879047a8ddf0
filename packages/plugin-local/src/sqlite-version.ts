import { MillraceError } from "@millrace/core/plugin";
import type { DatabaseSync } from "@photostructure/sqlite";
import { SCHEMA_VERSION } from "./sqlite-schema.js";

/** Which schema a file has; 0: none yet. */
export function userVersion(database: InstanceType<typeof DatabaseSync>): number {
  return (database.prepare("pragma user_version").get() as { user_version: number }).user_version;
}

/** Throws STORE_NEWER. */
export function checkVersion(path: string, version: number): void {
  if (version <= SCHEMA_VERSION) return;
  throw new MillraceError({
    code: "STORE_NEWER",
    message: `${path} was written by a newer version of Millrace: its schema is ${version}, this version knows ${SCHEMA_VERSION}.`,
    mend: "Update Millrace in this project: npm install millrace@latest.",
    facts: { path, version },
  });
}
