import { isTree, type Path } from "../path.js";
import type { LooseModel, Rule } from "./loose-model.js";

const COLUMN_ROLES = ["key", "time", "target", "weight", "group"] as const;

/** The columns that features read, with their places. */
function featureColumns(model: LooseModel): readonly (readonly [Path, unknown])[] {
  return model.list("features").flatMap((feature, index) => (isTree(feature) && Array.isArray(feature["from"]) ? feature["from"].map((column, at) => [["features", index, "from", at], column] as const) : []));
}

export const columnsPlayOneRole: Rule = (model) => {
  const seen = new Map<string, string>();
  return COLUMN_ROLES.flatMap((role) => {
    const column = model.text("columns", role);
    const other = column === null ? undefined : seen.get(column);
    if (column !== null) seen.set(column, role);
    // The group of a row may be its key's or its time's value.
    if (other === undefined || (role === "group" && other !== "target") || (role === "group" && other === "key")) return [];
    return [{ path: ["columns", role], message: `is the column "${column}", which is columns.${other} already.`, mend: "Name another column, or leave one of the two out." }];
  });
};

export const ignoredColumnsAreUnused: Rule = (model) => {
  const ignored = new Set(model.list("columns", "ignore").map(String));
  const used: (readonly [Path, unknown])[] = [
    ...(["target", "weight"] as const).map((role) => [["columns", role], model.text("columns", role)] as const),
    ...featureColumns(model),
  ];
  return used
    .filter(([, column]) => typeof column === "string" && ignored.has(column))
    .map(([path, column]) => ({ path, message: `uses the column "${String(column)}", which columns.ignore leaves out.`, mend: `Remove "${String(column)}" from columns.ignore, or from here.` }));
};

export const targetIsNoFeature: Rule = (model) => {
  const target = model.text("columns", "target");
  return target === null ? [] : featureColumns(model).filter(([, column]) => column === target).map(([path]) => ({ path, message: `is the target "${target}": the model would be told the answer.`, mend: "Remove it from the feature." }));
};

export const weightIsNoFeature: Rule = (model) => {
  const weight = model.text("columns", "weight");
  return weight === null ? [] : featureColumns(model).filter(([, column]) => column === weight).map(([path]) => ({ path, message: `is the weight "${weight}", which says how much a row counts.`, mend: "Remove it from the feature." }));
};

export const featuresReadAColumnOnce: Rule = (model) =>
  model.list("features").flatMap((feature, index) => {
    const from = isTree(feature) && Array.isArray(feature["from"]) ? feature["from"] : [];
    return from.flatMap((column: unknown, at) => (from.indexOf(column) < at && typeof column === "string" ? [{ path: ["features", index, "from", at], message: `names "${column}" a second time.`, mend: "Remove one of the two." }] : []));
  });
