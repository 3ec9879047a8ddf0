import { relative, resolve } from "node:path";
import { MillraceError, type Kind } from "@millrace/core";
import { createRegistry, withCore } from "@millrace/core/engine";
import { COMMAND_NAMES } from "../command.js";
import { defaults } from "../defaults.js";
import { pluginFiles, pluginKind } from "./plugin-files.js";
import { namesIn, writeFiles, type Written } from "./write-files.js";

/** Throws INIT_EXISTS: nothing is ever overwritten. */
function refuseFilled(folder: string): void {
  if (namesIn(folder).length === 0) return;
  throw new MillraceError({ code: "INIT_EXISTS", message: `${folder} is there, and is not empty.`, mend: "Name another folder with --folder, or remove this one.", facts: { folder } });
}

/** Throws INIT_NAME where every project has one of this name: a config with the plugin would be PLUGIN_DUPLICATE, and a command would never be called. */
function refuseTaken(kind: Kind, name: string): void {
  const found = withCore(createRegistry(defaults)).find(kind, name);
  if (found === null && !(kind === "command" && COMMAND_NAMES.includes(name))) return;
  const owner = found?.plugin.name ?? "millrace";
  throw new MillraceError({ code: "INIT_NAME", message: `The ${kind} "${name}" is there already: ${owner} brings it to every project.`, mend: `Give yours another name: my-${name}.`, facts: { kind, name, plugin: owner } });
}

/** A new package of one extension. Throws INIT_KIND, INIT_NAME, INIT_EXISTS, INIT_WRITE. */
export function initPlugin(kindName: string, name: string, chosen: string | undefined, here: string): Written {
  const kind = pluginKind(kindName);
  const files = pluginFiles(kind, name);
  refuseTaken(kind, name);
  const folder = resolve(here, chosen ?? `millrace-plugin-${name}`);
  refuseFilled(folder);
  writeFiles(folder, files);
  const path = relative(here, folder) || ".";
  // From the plugin's own folder, where it may be written, no relative path says where it lies.
  const installed = path === "." ? folder : path.startsWith(".") ? path : `./${path}`;
  const next = [`cd ${path} && npm install && npm run build && npm test`, `npm install ${installed}   # in the project, whose config then names it: plugins: ["millrace-plugin-${name}"]`];
  return { facts: { kind, name }, folder, files: [...files.keys()], notes: [], next };
}
