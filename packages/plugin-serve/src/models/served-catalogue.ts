import type { ModelTable } from "./table.js";
import type { Catalogue } from "./wanted.js";

/** What a store would have to hold for what is served now. */
export function servedCatalogue({ pointers, loaded }: Pick<ModelTable, "pointers" | "loaded">): Catalogue {
  const aliases = [...pointers.values()].flatMap(({ model, aliases }) => [...aliases].map(([alias, version]) => ({ model, alias, version })));
  return { versions: loaded.map(({ version }) => version), aliases: aliases.filter(({ model, version }) => loaded.some((one) => one.model === model && one.number === version)) };
}
