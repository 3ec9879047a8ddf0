import { MillraceError, type RunRecord } from "@millrace/core";
import { findVersion, type Engine } from "@millrace/core/engine";
import { findRun } from "../find-run.js";
import { gatherModel } from "./gather-model.js";
import type { Report } from "./report.js";

/**
 * What there is to say of a model (`delays@champion`, `delays@3`, or `delays` where a model has that name) or of a run (its id, the end of it, or `last`).
 * Reads records and artifacts, never the data. Throws MODEL_NOT_FOUND, USAGE_RUN, and REPORT_NO_RUN where a version's run is no longer in the store.
 */
export async function gatherReport(engine: Engine, what: string | undefined): Promise<Report> {
  return what !== undefined && (await namesModel(engine, what)) ? reportOfModel(engine, what) : reportOfRun(engine, what);
}

async function namesModel({ store }: Engine, what: string): Promise<boolean> {
  return what.includes("@") || (await store.find("model", { where: { model: what }, limit: 1 })).length > 0;
}

async function reportOfModel(engine: Engine, ref: string): Promise<Report> {
  const version = await findVersion(engine.store, ref);
  const title = `${version.model}@${version.version}`;
  const stored = await engine.store.get("run", version.run);
  if (stored === null) throw new MillraceError({ code: "REPORT_NO_RUN", message: `The run ${version.run}, which made ${title}, is no longer in the store.`, mend: "Run again, and report on that run: millrace report last", facts: { run: version.run } });
  return reportOf(engine, title, version.run, stored.value, [version.model]);
}

async function reportOfRun(engine: Engine, what: string | undefined): Promise<Report> {
  const { id, value } = await findRun(engine.store, what);
  return reportOf(engine, `run ${id}`, id, value, value.models);
}

async function reportOf(engine: Engine, title: string, id: string, { tasks, ...run }: RunRecord, names: readonly string[]): Promise<Report> {
  const models = await Promise.all(names.map((name) => gatherModel(engine, name, tasks.filter(({ task }) => task.startsWith(`${name}/`)))));
  return { project: run.project, title, run: { id, ...run }, models };
}
