import { relative, resolve } from "node:path";
import { MillraceError } from "@millrace/core";
import { pluginFiles, pluginKind } from "./plugin-files.js";
import { namesIn, writeFiles, type Written } from "./write-files.js";

/** Throws INIT_EXISTS: nothing is ever overwritten. */
function refuseFilled(folder: string): void {
  if (namesIn(folder).length === 0) return;
  throw new MillraceError({ code: "INIT_EXISTS", message: `${folder} is there, and is not empty.`, mend: "Name another folder with --folder, or remove this one.", facts: { folder } });
}

/** A new package of one extension. Throws INIT_KIND, INIT_NAME, INIT_EXISTS, INIT_WRITE. */
export function initPlugin(kindName: string, name: string, chosen: string | undefined, here: string): Written {
  const kind = pluginKind(kindName);
  const files = pluginFiles(kind, name);
  const folder = resolve(here, chosen ?? `millrace-plugin-${name}`);
  refuseFilled(folder);
  writeFiles(folder, files);
  return { facts: { kind, name }, folder, files: [...files.keys()], notes: [], next: [`cd ${relative(here, folder) || "."} && npm install && npm run build && npm test`] };
}
