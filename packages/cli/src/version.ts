import { readFileSync } from "node:fs";

/** The version that `millrace --version` prints: that of the package. Read here and not by the core's packageVersion, since `--help` loads no core. */
export const VERSION = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { readonly version: string }).version;
