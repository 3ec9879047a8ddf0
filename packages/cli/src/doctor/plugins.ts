import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "@millrace/core";
import { counted } from "../print/counted.js";
import { ok, warning, wrong, type Examination, type Finding } from "./finding.js";

interface Copy {
  readonly folder: string;
  readonly version: string;
}

/** The copy of the core that a module gets; null where it finds none by itself, as a file beside the config does. */
function coreOf(url: string): Copy | null {
  try {
    const entry = createRequire(fileURLToPath(url)).resolve("@millrace/core");
    for (let folder = dirname(entry); dirname(folder) !== folder; folder = dirname(folder)) {
      const manifest = manifestOf(folder);
      if (manifest?.name === "@millrace/core") return { folder, version: manifest.version };
    }
    return null;
  } catch {
    return null;
  }
}

function manifestOf(folder: string): { readonly name: string; readonly version: string } | null {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly name: string; readonly version: string };
  } catch {
    return null;
  }
}

/** Another copy of the same version works, twice in memory; one of another version may not. */
export function copyFinding(plugin: string, found: Copy, own: Copy): Finding | null {
  if (found.folder === own.folder) return null;
  const text = `${plugin} has its own copy of @millrace/core, ${found.version} in ${found.folder}, beside ${own.version}`;
  if (found.version === own.version) return warning(`${text}.`, "Install it once: npm dedupe.");
  return wrong(`${text}: their code may not fit together.`, `Install versions that ask for one @millrace/core, and then: npm dedupe.`);
}

/** Duplicates of a name, and plugins of another contract, never get this far: loading the config refuses them. */
export const plugins: Examination = {
  name: "plugins",
  async examine({ loaded }) {
    if (loaded === null) return [];
    const own = coreOf(import.meta.url);
    const all: readonly Plugin[] = loaded.registry.plugins;
    const copies = all.flatMap(({ name, url }) => {
      const found = coreOf(url);
      return found === null || own === null ? [] : [copyFinding(name as string, found, own)];
    });
    const names = all.map(({ name, version, contract }) => `${name as string} ${version} (contract ${contract})`);
    return [ok(`${counted(all.length, "plugin")}: ${names.join(", ")}.`), ...copies.filter((finding) => finding !== null)];
  },
};
