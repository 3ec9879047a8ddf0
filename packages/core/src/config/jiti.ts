import { createRequire } from "node:module";
import type { Jiti, JitiOptions } from "jiti";

/**
 * jiti, when a config first needs it. By require: what an import takes from CommonJS, Node reads for the names of its exports first, which
 * takes longer for these 190 KB of one line than all else that a start reads.
 */
export function createJiti(id: string, options?: JitiOptions): Jiti {
  return (createRequire(import.meta.url)("jiti") as typeof import("jiti")).createJiti(id, options);
}
