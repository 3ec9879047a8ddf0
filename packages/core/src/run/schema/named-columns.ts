import type { Field } from "../../contracts/frame.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import { unknownName, type IssueSpec } from "../../config/issue.js";
import type { Path } from "../../config/path.js";
import { markedTexts } from "../../plugin/option-marks.js";
import type { Registry } from "../../plugin/registry.js";

const ROLES = ["key", "time", "target", "weight", "group"] as const;

/** Every raw column that a model names outside of the options of extensions, with its place in the model. */
export function namedColumns({ columns, split, evaluate }: ResolvedModel): readonly (readonly [Path, string])[] {
  const roles = ROLES.map((role) => [["columns", role], columns[role]] as const);
  const lists = (["ignore", "pii"] as const).flatMap((list) => columns[list].map((name, index) => [["columns", list, index], name] as const));
  const types = Object.keys(columns.types).map((name) => [["columns", "types", name], name] as const);
  const rule = ["group", "name", "stratify"].map((option) => [["split", "with", option], split.with[option]] as const);
  const slices = evaluate.slices.map((name, index) => [["evaluate", "slices", index], name] as const);
  return [...roles, ...lists, ...types, ...rule, ...slices].flatMap(([path, name]) => (typeof name === "string" ? [[path, name] as const] : []));
}

/** A name that no column of the source has. */
export function unknownColumn(path: Path, name: string, fields: readonly Field[]): IssueSpec {
  return { ...unknownName(path, `is no column of the source: "${name}"`, name, fields.map((field) => field.name), "Mend the name, or add the column in the source."), about: name };
}

/** Names that no column has. */
export function columnIssues(model: ResolvedModel, fields: readonly Field[]): readonly IssueSpec[] {
  return namedColumns(model).flatMap(([path, name]) => (fields.some((field) => field.name === name) ? [] : [unknownColumn(path, name, fields)]));
}

/** Names that no column has, among the options of what could not be made, so that it cannot tell them itself: those that its schema marks. */
export function optionIssues(unmade: readonly (readonly [Path, Use])[], fields: readonly Field[], registry: Registry): readonly IssueSpec[] {
  return unmade.flatMap(([path, { kind, name, with: options }]) => {
    const found = registry.find(kind, name);
    const named = found === null ? [] : markedTexts(found.extension.options, options, "column");
    return named.flatMap(([at, column]) => (fields.some((field) => field.name === column) ? [] : [{ ...unknownColumn([...path, "with", ...at], column, fields), plugin: found!.plugin.name as string }]));
  });
}
