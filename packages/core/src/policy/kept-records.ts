import type { AliasChange } from "../contracts/entities.js";
import type { ModelVersion } from "../contracts/model.js";
import { before } from "../config/duration.js";
import type { ResolvedRetention } from "../config/resolved-config.js";
import { previousVersion } from "../record/aliases.js";
import type { Remembered } from "./remembered.js";

/** Ids of what is kept. */
export interface KeptRecords {
  readonly runs: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  readonly checkpoints: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
}

const versionId = ({ model, version }: Pick<ModelVersion, "model" | "version">): string => `${model}@${version}`;

/** The versions that an alias, or `keep`, names. */
function pointedAt({ keep }: ResolvedRetention, { aliases, aliasChanges }: Remembered): { readonly files: ReadonlySet<string>; readonly whole: ReadonlySet<string> } {
  const files = new Set(aliases.map(({ value }) => versionId(value)));
  const whole = new Set(aliases.filter(({ value }) => keep.includes(value.alias)).map(({ value }) => versionId(value)));
  const histories = new Map<string, AliasChange[]>();
  for (const { value } of aliasChanges) {
    const id = `${value.model}@${value.alias}`;
    histories.set(id, [...(histories.get(id) ?? []), value]);
  }
  for (const history of histories.values()) {
    const { model, alias } = history[0]!;
    const previous = keep.includes("previous") && keep.includes(alias) ? previousVersion(history.sort((a, b) => a.sequence - b.sequence)) : null;
    if (previous !== null) whole.add(versionId({ model, version: previous }));
  }
  return { files: new Set([...files, ...whole]), whole };
}

/** The newest version of each model, and the newest that its bare name means: numbers are never given out twice, and a name keeps its meaning. */
function newest({ models }: Remembered): readonly string[] {
  const found = new Map<string, ModelVersion>();
  const offer = (slot: string, value: ModelVersion): void => {
    if ((found.get(slot)?.version ?? 0) < value.version) found.set(slot, value);
  };
  for (const { value } of models) {
    offer(value.model, value);
    if (value.gates === "passed" && value.sample === null) offer(`${value.model} passed`, value);
  }
  return [...found.values()].map(versionId);
}

/**
 * What is kept: runs that are young, the newest run, and those of versions under `keep`; the tasks that these did or reused, and young ones
 * (of runs that were killed, which name none); checkpoints that are as young as rows have to be, of tasks that have not finished; versions that are pointed at, newest, young, of a kept run, or registered by a kept task.
 */
export function keptRecords(retention: ResolvedRetention, remembered: Remembered, now: number): KeptRecords {
  const oldest = before(now, retention.runs);
  const isYoung = (at: string): boolean => Date.parse(at) > oldest;
  const pointed = pointedAt(retention, remembered);
  const wholeRuns = new Set(remembered.models.filter(({ id }) => pointed.whole.has(id)).map(({ value }) => value.run));
  const last = remembered.runs.reduce((newest, { value }) => (value.startedAt > newest ? value.startedAt : newest), "");
  const runs = remembered.runs.filter(({ id, value }) => isYoung(value.startedAt) || value.startedAt === last || wholeRuns.has(id));
  const used = new Set(runs.flatMap(({ value }) => value.tasks.map(({ key }) => key as string | null)));
  const tasks = remembered.tasks.filter(({ id, value }) => used.has(id) || isYoung(value.finishedAt));
  const finished = new Set(remembered.tasks.map(({ id }) => id));
  const checkpoints = remembered.checkpoints.filter(({ id, value }) => !finished.has(id) && Date.parse(value.savedAt) > before(now, retention.frames));
  const runIds = new Set(runs.map(({ id }) => id));
  const registered = new Set(tasks.flatMap(({ value }) => (value.step === "register" ? [value.outputs["lineage"]] : [])));
  const named = new Set([...pointed.files, ...newest(remembered)]);
  const models = remembered.models.filter(({ id, value }) => named.has(id) || runIds.has(value.run) || isYoung(value.createdAt) || registered.has(value.lineage));
  return { runs: runIds, tasks: new Set(tasks.map(({ id }) => id)), checkpoints: new Set(checkpoints.map(({ id }) => id)), models: new Set(models.map(({ id }) => id)) };
}
