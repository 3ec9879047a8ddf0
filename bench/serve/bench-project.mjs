import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { registerBundle } from "../../packages/core/dist/testkit/register-bundle.js";
import { openServing, SILENT } from "../../packages/cli/dist/open-serving.js";
import { makeProject, runProject } from "../pipeline/project.mjs";
import { treesModel } from "./trees.mjs";

/** The main example, trained on a sample, and beside it 28 numbers through 100 trees; `server` is the config's. */
export async function benchProject(server = {}) {
  const project = await makeProject(100_000);
  await runProject(project);
  const use = (kind, name) => ({ kind, name, with: {} });
  mkdirSync(join(project.folder, ".millrace"), { recursive: true });
  const write = (more) => writeFileSync(join(project.folder, ".millrace/server.json"), JSON.stringify({ project: "bench", store: use("store", "sqlite"), artifacts: use("artifacts", "folder"), runtime: use("runtime", "onnxruntime"), server: more }));
  write(server);
  const { artifacts, runtime, openStore } = await openServing(project.folder, SILENT);
  const store = await openStore();
  const bundle = treesModel();
  await registerBundle({ store, artifacts, runtime }, bundle, { model: "numbers" });
  await store[Symbol.asyncDispose]();
  return { ...project, write, runtime, bundle };
}
