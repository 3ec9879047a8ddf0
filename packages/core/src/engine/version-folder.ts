import { join } from "node:path";

/** Where a person finds a version's files. */
export function versionFolder(home: string, model: string, version: number): string {
  return join(home, "models", model, String(version));
}
