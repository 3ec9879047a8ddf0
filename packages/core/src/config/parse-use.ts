import type { Json } from "../contracts/json.js";
import type { Kind } from "../contracts/kind.js";
import type { Schema } from "../contracts/schema.js";
import { CORE } from "../plugin/core-name.js";
import { extensionSchema } from "../plugin/extension-schema.js";
import { optionSchema, type OptionSchema } from "../plugin/option-schema.js";
import type { ReferenceScope } from "../plugin/reference.js";
import type { Registry } from "../plugin/registry.js";
import { fillReferences, topSchemas } from "./fill-references.js";
import { unknownName, type IssueSpec } from "./issue.js";
import { isTree, type Path } from "./path.js";
import { shapeIssue, type SchemaIssue } from "./shape-issues.js";
import { SPLIT_RULES, type SplitRuleName } from "./split-schema.js";

export interface UseContext {
  readonly registry: Registry;
  /** Whether the registry has all plugins that the config names: else only a name that is near to one of theirs is wrong. */
  readonly isWhole: boolean;
  readonly scope: ReferenceScope;
  folderOf(path: Path): string;
  /** Whether a bare name stands at a path, so that nothing is written at its `use`. */
  isBare(path: Path): boolean;
  report(issue: IssueSpec): void;
  /** A rule over several keys, as `IssueList` has it. */
  reportRule(issue: IssueSpec): void;
}

/** What is named, and who brings it; null where nobody does, which was reported. */
function schemaOf(kind: Kind | "split", name: string, path: Path, { registry, isWhole, report }: UseContext): { readonly schema: Schema; readonly root: OptionSchema; readonly plugin: string } | null {
  if (kind === "split") {
    const rule = Object.hasOwn(SPLIT_RULES, name) ? SPLIT_RULES[name as SplitRuleName] : null;
    if (rule !== null) return { schema: rule, root: optionSchema(rule), plugin: CORE };
    report(unknownName(path, `is no rule of splitting: "${name}"`, name, Object.keys(SPLIT_RULES), "Write one of the core's rules."));
    return null;
  }
  const found = registry.find(kind, name);
  if (found !== null) return { schema: found.extension.options, root: extensionSchema(found), plugin: found.plugin.name };
  const unknown = unknownName(path, `is no ${kind} that a plugin brings: "${name}"`, name, registry.names(kind), 'Write one of those, or add the plugin that brings it to "plugins".');
  if (isWhole || unknown.nearest !== null) report(unknown);
  return null;
}

/** The options of a `{ use, with }`, parsed by the schema of what it names; null where it is wrong, which was reported. Throws PLUGIN_SCHEMA. */
export async function parseUse(kind: Kind | "split", use: unknown, path: Path, context: UseContext): Promise<Json> {
  if (!isTree(use) || typeof use["use"] !== "string") return null;
  const named = schemaOf(kind, use["use"], context.isBare(path) ? path : [...path, "use"], context);
  const options = use["with"] ?? {};
  if (named === null || !isTree(options)) return null;
  const { schema, root, plugin } = named;
  const place = [...path, "with"];
  const report = (issue: IssueSpec): void => context.report({ ...issue, plugin });
  const value = fillReferences(options, place, topSchemas(root), { ...context, report, root, skip: () => false });
  const parsed = await schema["~standard"].validate(value);
  if (parsed.issues === undefined) return parsed.value as Json;
  for (const issue of parsed.issues as readonly SchemaIssue[]) {
    const tell = issue.code === "custom" ? (rule: IssueSpec): void => context.reportRule({ ...rule, plugin }) : report;
    shapeIssue(issue, { value, path: place, root }).forEach(tell);
  }
  return null;
}
