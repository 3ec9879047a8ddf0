import type { Use } from "@millrace/core";
import type { ResolvedConfig } from "@millrace/core/engine";
import { defaultUses } from "./defaults.js";

/** Whether store and artifacts lie in the project's state folder, where nobody else's do. */
export function ownsArtifacts({ store, artifacts }: Pick<ResolvedConfig, "store" | "artifacts">): boolean {
  return isEmbedded(store, defaultUses.store) && isEmbedded(artifacts, defaultUses.artifacts);
}

function isEmbedded({ name, with: options }: Use, embedded: string): boolean {
  return name === embedded && (options as { readonly path?: string }).path === undefined;
}
