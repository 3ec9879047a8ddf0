import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version in the package.json above a module, the one place where it is kept; "0.0.0" where there is none. `url`: its `import.meta.url`. */
export function packageVersion(url: string): string {
  if (!url.startsWith("file:")) return "0.0.0";
  for (let folder = dirname(fileURLToPath(url)); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly version?: string }).version ?? "0.0.0";
    if (dirname(folder) === folder) return "0.0.0";
  }
}
