import type { Field } from "../contracts/frame.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import { hasArtifact, readJson } from "../record/artifact-bytes.js";
import { lastRecord } from "../run/cache.js";
import type { FramesManifest } from "../run/data/frames.js";
import { problemKind } from "../run/split/problem-kind.js";
import type { Opened } from "./opened.js";

/** Models that were surveyed, with the metrics that are usual for their problems where the config names none: the columns tell the problem. */
export function withUsualMetrics(models: readonly ResolvedModel[], opened: Opened): Promise<readonly ResolvedModel[]> {
  return Promise.all(models.map((model) => (model.usualMetrics === null ? model : withThose(model, model.usualMetrics, opened))));
}

async function withThose(model: ResolvedModel, usual: NonNullable<ResolvedModel["usualMetrics"]>, opened: Opened): Promise<ResolvedModel> {
  const { columns, evaluate } = model;
  const fields = (await fieldsReadBefore(model, opened)) ?? (await (await import("./check-schemas.js")).fieldsOf(model, opened));
  const target = fields.find(({ name }) => name === columns.target);
  // A target that is not there is told with all else that is wrong.
  if (target === undefined) return model;
  const kind = problemKind((columns.types[target.name] ?? target.dtype) as Field["dtype"], columns);
  return { ...model, usualMetrics: null, evaluate: { ...evaluate, metrics: usual[kind] } };
}

/** The columns of the last read, where it read what the source holds now: the source need not even be asked. */
async function fieldsReadBefore({ name, partitions }: ResolvedModel, { store, artifacts }: Opened): Promise<readonly Field[] | null> {
  const record = await lastRecord(store, `${name}/read`);
  const frames = record?.outputs["frames"];
  if (record === null || frames === undefined || partitions === null) return null;
  const isSame = partitions.every(({ id, digest }) => record.parts[`inputs.partition.${id}`] === digest);
  return isSame && (await hasArtifact(artifacts, frames)) ? (await readJson<FramesManifest>(artifacts, frames)).fields : null;
}
