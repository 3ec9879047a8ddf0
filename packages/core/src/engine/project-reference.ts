import type { Json } from "../contracts/json.js";
import type { ProjectReference } from "../contracts/plugin.js";
import type { Use } from "../contracts/resolved.js";
import type { EngineParts } from "./opened.js";

/** What a reference to a project holds: the little of the config that a worker needs beside its plugins. Secrets are references. */
export interface WorkerProject {
  readonly files: Json;
  readonly folder: string;
  readonly home: string;
  readonly artifacts: Use<"artifacts">;
  readonly isStrict: boolean;
}

/** The reference with which workers open this project. */
export function projectReference({ config, worker, isStrict = false }: EngineParts): ProjectReference | null {
  if (worker === undefined) return null;
  const project: WorkerProject = { files: worker.files, folder: config.folder, home: config.home, artifacts: config.artifacts, isStrict };
  return { module: worker.module, project: project as unknown as Json };
}
