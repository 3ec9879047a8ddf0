import type { Extension, Plugin } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest, suggest } from "../errors/nearest.js";
import { KINDS } from "./guarded.js";

/** What the compiler refuses, and a plugin in JavaScript may have all the same. Throws PLUGIN_CONTRACT, PLUGIN_INVALID and PLUGIN_DUPLICATE. */
export function checkPlugin(plugin: Plugin): void {
  const name = typeof plugin.name === "string" && plugin.name.trim() !== "" ? plugin.name : null;
  checkContract(plugin, name ?? "(without a name)");
  const url = String(plugin.url);
  if (name === null) throw invalid(`A plugin has no name: its "name" is ${JSON.stringify(plugin.name) ?? "undefined"}.`, `Give definePlugin() a name in ${url}.`, { url });
  const known = new Set<string>();
  for (const extension of plugin.extensions as readonly Extension[]) {
    checkExtension(extension, name, url);
    const id = `${extension.kind as string} "${extension.name as string}"`;
    if (known.has(id))
      throw new MillraceError({ code: "PLUGIN_DUPLICATE", message: `Plugin "${name}" brings the ${id} twice.`, mend: `Rename one of the two in ${url}.`, facts: { kind: extension.kind, name: extension.name, plugins: [name] } });
    known.add(id);
  }
}

function checkContract({ contract }: Plugin, name: string): void {
  if ((contract as unknown) === 1) return;
  throw new MillraceError({
    code: "PLUGIN_CONTRACT",
    message: `Plugin "${name}" was made for contract ${String(contract)}; this core has contract 1.`,
    mend: `Install a version of "${name}" that was made for contract 1, and build it with definePlugin().`,
    facts: { plugin: name, found: contract ?? null },
  });
}

function checkExtension({ kind, name }: Extension, plugin: string, url: string): void {
  const facts = { plugin, kind, name, url };
  if (!KINDS.includes(kind as never))
    throw invalid(`Plugin "${plugin}" brings "${String(name)}" of the kind "${String(kind)}", and there is no such kind.`, `${suggest(String(kind), KINDS)} Mend it in ${url}.`, { ...facts, allowed: KINDS, nearest: nearest(String(kind), KINDS) });
  if (typeof name !== "string" || name.trim() === "") throw invalid(`Plugin "${plugin}" brings a ${kind as string} that has no name: its "name" is ${JSON.stringify(name) ?? "undefined"}.`, `Give it a name in ${url}.`, facts);
}

function invalid(message: string, mend: string, facts: Readonly<Record<string, unknown>>): MillraceError {
  return new MillraceError({ code: "PLUGIN_INVALID", message, mend, facts });
}
