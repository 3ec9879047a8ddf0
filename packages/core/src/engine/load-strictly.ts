import { fileURLToPath } from "node:url";
import type { LoadedConfig } from "../config/load.js";
import { codeFiles } from "../plugin/code-digest.js";
import { blameFile } from "../run/strict/blame.js";
import { notingElsewhere, type Reading } from "../run/strict/reads.js";
import { undeclared } from "../run/strict/undeclared.js";
import { watchReads } from "../run/strict/watching.js";

/** Loads a config, and throws STRICT_UNDECLARED where the code of a plugin read an environment variable or a file while it was loaded. What the config's own file reads becomes its values, and is in keys. */
export async function loadStrictly<T extends Pick<LoadedConfig, "registry" | "files">>(load: () => Promise<T>): Promise<T> {
  const reading: Reading = { blame: blameFile, found: new Map(), written: new Set(), isData: false };
  const loaded = await watched(reading, load);
  for (const { name, url } of loaded.registry.plugins) {
    if (fileURLToPath(url) === loaded.files.file) continue;
    const has = codeFiles(url);
    const reads = [...reading.found.values()].filter((read) => has(read.plugin) && !(read.kind === "file" && has(read.name))).map((read) => ({ ...read, plugin: name as string }));
    if (reads.length > 0) throw undeclared(`The plugin "${name as string}", as it was loaded,`, reads, { plugin: name });
  }
  return loaded;
}

async function watched<T>(reading: Reading, load: () => Promise<T>): Promise<T> {
  using _watch = watchReads();
  using _noting = notingElsewhere(reading);
  return await load();
}
