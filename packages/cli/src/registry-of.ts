import { MillraceError } from "@millrace/core";
import { createRegistry, type Registry } from "@millrace/core/engine";
import type { Call } from "./command-spec.js";
import { defaults } from "./defaults.js";
import { loadProject } from "./project.js";

/** The registry of the project, or of the embedded plugins where there is no config; `orBroken`: where it has mistakes, too. Throws what loading a config throws. */
export async function registryOf(call: Call, orBroken = false): Promise<Registry> {
  try {
    return (await loadProject(call)).registry;
  } catch (error) {
    const isAbsent = call.args.config === undefined && MillraceError.is(error, "CONFIG_NOT_FOUND");
    if (isAbsent || (orBroken && MillraceError.is(error))) return createRegistry(defaults);
    throw error;
  }
}
