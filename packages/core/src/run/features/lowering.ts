import { MillraceError } from "../../errors/millrace-error.js";

/** What a lowering gives; an error of the graph or of the plugin says in which place of the config, and whose lowering it was. */
export function lowering<T>(place: string, lower: () => T): T {
  try {
    return lower();
  } catch (error) {
    if (!MillraceError.is(error) || !(error.code.startsWith("GRAPH_") || error.code === "PLUGIN_FAILED")) throw error;
    throw new MillraceError({ code: error.code, message: `${place}: ${error.message}`, mend: error.mend, cause: error, facts: { ...error.facts, place } });
  }
}
