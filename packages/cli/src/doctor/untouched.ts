import { existsSync } from "node:fs";
import type { Engine } from "@millrace/core/engine";
import { ownsArtifacts } from "../owns-artifacts.js";
import { ok, type Examination } from "./finding.js";

/** Whether a project with the embedded store and artifacts has left nothing yet: to look into its store would make one. */
function isUntouched({ config }: Engine): boolean {
  return ownsArtifacts(config) && !existsSync(config.home);
}

/** An examination of what runs left. */
export function ofWhatRunsLeft(name: string, examine: (engine: Engine, isDeep: boolean) => ReturnType<Examination["examine"]>): Examination {
  return {
    name,
    async examine({ engine, isDeep }) {
      if (engine === null) return [];
      return isUntouched(engine) ? [ok("Nothing has run here yet.")] : examine(engine, isDeep);
    },
  };
}
