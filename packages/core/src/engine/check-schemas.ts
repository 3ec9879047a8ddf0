import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Field } from "../contracts/frame.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import type { Source } from "../contracts/source.js";
import type { Plan } from "../contracts/task.js";
import { failedBelow } from "../config/failed-place.js";
import { configInvalid, type IssueSpec } from "../config/issue.js";
import { inOrder, placed } from "../config/issue-list.js";
import { maskedError } from "../errors/masked.js";
import { MillraceError } from "../errors/millrace-error.js";
import { createExtension } from "../plugin/create-extension.js";
import { readJson } from "../record/artifact-bytes.js";
import type { FramesManifest } from "../run/data/frames.js";
import { noRows } from "../run/data/no-rows.js";
import { schemaIssues } from "../run/schema/schema-issues.js";
import { withPlaces } from "./issue-places.js";
import type { Opened } from "./opened.js";

const NEVER = new AbortController().signal;

/**
 * Holds models against the columns of their data, as the source describes them, or as they were read where the plan reuses that. Rows are read only to tell an empty source from a wrong config.
 * Throws CONFIG_INVALID with all mistakes of all models, and DATA_EMPTY.
 */
export async function checkSchemas(models: readonly ResolvedModel[], plan: Plan | null, opened: Opened): Promise<void> {
  const { config } = opened;
  const found = await Promise.all(models.map((model) => issuesOf(model, plan, opened)));
  const issues = found.flat().map((issue) => placed(issue, config.origins));
  if (issues.length > 0) throw configInvalid(inOrder(issues), config.folder);
}

async function issuesOf(model: ResolvedModel, plan: Plan | null, opened: Opened): Promise<readonly IssueSpec[]> {
  const { registry, context } = opened;
  const read = await fieldsRead(model, plan, opened);
  const known = read === null ? null : await schemaIssues(model, read, registry, context);
  if (known?.length === 0) return known;
  return withSource(model, opened, async (source) => {
    const fields = read ?? (await source.fields());
    const issues = known ?? (await schemaIssues(model, fields, registry, context));
    // Columns without a row have no type to be trusted.
    if (read === null && issues.length > 0 && (await isEmpty(source))) throw noRows((await source.partitions()).map(({ id }) => id));
    return withPlaces(issues, source, fields, model.columns.pii);
  });
}

/** The columns of a read that the plan reuses; null where it reads anew. */
async function fieldsRead({ name }: ResolvedModel, plan: Plan | null, { facts, artifacts }: Opened): Promise<readonly Field[] | null> {
  const read = plan?.tasks.find(({ id }) => id === `${name}/read`);
  const record = read?.verdict === "reuse" && read.key !== null ? await facts.record(read.key) : null;
  const frames = record?.record.outputs["frames"];
  return frames === undefined ? null : (await readJson<FramesManifest>(artifacts, frames)).fields;
}

/** The columns as a model's source describes them. */
export function fieldsOf(model: ResolvedModel, opened: Opened): Promise<readonly Field[]> {
  return withSource(model, opened, (source) => source.fields());
}

/** A model's source; what it needs to describe itself lies elsewhere while the project has no folder of its own. */
export async function withSource<T>({ name, source, columns }: ResolvedModel, { registry, context }: Pick<Opened, "registry" | "context">, ask: (source: Source) => Promise<T>): Promise<T> {
  const home = existsSync(context.home) ? context.home : await mkdtemp(join(tmpdir(), "millrace-schema-"));
  try {
    return await ask(await createExtension(registry, source, { ...context, home }));
  } catch (error) {
    const masked = maskedError(error, columns.pii);
    throw MillraceError.is(masked) && masked.facts["kind"] === "source" ? failedBelow(masked, ["models", name, "source"]) : masked;
  } finally {
    if (home !== context.home) await rm(home, { recursive: true, force: true });
  }
}

/** Whether a source has no row. */
export async function isEmpty(source: Source): Promise<boolean> {
  for (const partition of await source.partitions())
    for await (const { length } of source.read({ partition, columns: null, asOf: null, keys: null }, NEVER)) if (length > 0) return false;
  return true;
}
