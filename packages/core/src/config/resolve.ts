import { dirname } from "node:path";
import type { Json } from "../contracts/json.js";
import type { ResolvedModel, Use } from "../contracts/resolved.js";
import { optionSchema } from "../plugin/option-schema.js";
import type { ReferenceScope } from "../plugin/reference.js";
import type { Registry } from "../plugin/registry.js";
import { asJson } from "./as-json.js";
import { buildConfig } from "./build.js";
import { withDefaults, type DefaultUses } from "./defaults.js";
import { fillReferences, topSchemas } from "./fill-references.js";
import type { IssueSpec } from "./issue.js";
import { issueList } from "./issue-list.js";
import { originsOf, type LayerSource, type Origins } from "./origin.js";
import { isTree, valueAt, withValueAt, type Path, type Tree } from "./path.js";
import { parseUse, type UseContext } from "./parse-use.js";
import { placesOfUse, spellOutUses } from "./places.js";
import { throwPreamble, type PreambleMistake } from "./preamble-mistake.js";
import { readableModels, type ReadableModel } from "./readable-models.js";
import type { ResolvedConfig } from "./resolved-config.js";
import { ruleIssues } from "./rules/rules.js";
import { configSchema, PREAMBLE, type ParsedConfig } from "./schema.js";
import { shapeIssue } from "./shape-issues.js";

export interface ResolveInput {
  /** The merged layers, without `plugins`, `extends` and `defaults`. */
  readonly value: Tree;
  readonly sources: ReadonlyMap<string, LayerSource>;
  readonly folder: string;
  readonly registry: Registry;
  /** Of `plugins` and `defaults`; where there are some, what a plugin would bring is not known. */
  readonly mistakes: readonly PreambleMistake[];
  /** Null: the config names its store, artifacts, executor and runtime itself. */
  readonly uses: DefaultUses | null;
  /** Asked where a config has mistakes: what else is wrong between the models that can be read and their data. Default: nothing. */
  readonly dataIssues?: (models: readonly ReadableModel[]) => Promise<readonly IssueSpec[]>;
}

/** References outside `with`; those inside are filled with the schema of what they are for. */
function fillTop(config: unknown, scope: ReferenceScope, origins: Origins, folder: string, report: (issue: IssueSpec) => void): unknown {
  const root = optionSchema(configSchema);
  return fillReferences(config, [], topSchemas(root), { root, scope, folderOf: folderOf(origins, folder), skip: (path) => path.at(-1) === "with", report });
}

function folderOf(origins: Origins, folder: string): (path: Path) => string {
  return (path) => {
    const file = origins.file(path);
    return file === null ? folder : dirname(file);
  };
}

/** The config with every `with` parsed by the schema of what it is for. */
async function parseUses(config: unknown, context: UseContext): Promise<unknown> {
  let tree = config;
  for (const { kind, path } of placesOfUse(config)) {
    const use = path.reduce<unknown>((value, key) => (value as Tree)[key], config);
    const options = await parseUse(kind, use, path, context);
    if (options !== null) tree = withValueAt(tree, [...path, "with"], options);
  }
  return tree;
}

function parseShape(config: unknown, report: (issue: IssueSpec) => void): ParsedConfig | null {
  const parsed = configSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const known = optionSchema(configSchema);
  // What was read before is allowed too, for the sake of the nearest name.
  const root = { ...known, properties: { ...known.properties, ...Object.fromEntries(PREAMBLE.map((key) => [key, {}])) } };
  for (const issue of parsed.error.issues) shapeIssue(issue, { value: config, path: [], root }).forEach(report);
  return null;
}

/** The runtimes whose options all have defaults: certificates cover these too. */
async function witnessesOf(registry: Registry): Promise<readonly Use<"runtime">[]> {
  const found: Use<"runtime">[] = [];
  for (const name of registry.names("runtime")) {
    const parsed = await registry.get("runtime", name).extension.options["~standard"].validate({});
    if (parsed.issues === undefined) found.push({ kind: "runtime", name, with: parsed.value as Json });
  }
  return found;
}

/** The preset's metrics, with their default options. */
async function usualMetricsOf(uses: DefaultUses | null, registry: Registry): Promise<ResolvedModel["usualMetrics"]> {
  if (uses === null) return null;
  const metric = async (name: string): Promise<Use<"metric">> => ({ kind: "metric", name, with: ((await registry.get("metric", name).extension.options["~standard"].validate({})) as { readonly value: Json }).value });
  const of = (kind: keyof DefaultUses["metrics"]) => Promise.all(uses.metrics[kind].map(metric));
  return { binary: await of("binary"), multiclass: await of("multiclass"), regression: await of("regression") };
}

function freezeDeep<T>(value: T): T {
  if ((isTree(value) || Array.isArray(value)) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value as Tree)) freezeDeep(member);
  }
  return value;
}

/** The single parse. Throws CONFIG_INVALID with all mistakes at once. */
export async function resolveConfig({ value, sources, folder, registry, mistakes, uses, dataIssues }: ResolveInput): Promise<ResolvedConfig> {
  const written = spellOutUses(value);
  const origins = originsOf(sources, written);
  const issues = issueList(origins, written, mistakes.map(({ issue }) => issue));
  const scope = registry.scope(folder);
  const json = asJson(value, [], issues.report) as Tree;
  const filled = fillTop(spellOutUses(withDefaults(json, uses)), scope, origins, folder, issues.report);
  const withOptions = await parseUses(filled, { registry, isWhole: mistakes.length === 0, scope, folderOf: folderOf(origins, folder), isBare: (path) => typeof valueAt(value, path) === "string", report: issues.report, reportRule: issues.reportRule });
  const parsed = parseShape(withOptions, issues.report);
  ruleIssues(filled).forEach(issues.reportRule);
  const facts = { witnesses: await witnessesOf(registry), usualMetrics: await usualMetricsOf(uses, registry) };
  if (!issues.isEmpty && dataIssues !== undefined) (await dataIssues(readableModels(withOptions, facts))).forEach(issues.reportData);
  issues.throwIfAny(folder);
  throwPreamble(mistakes, folder);
  return freezeDeep(buildConfig(parsed!, folder, origins, registry, facts));
}
