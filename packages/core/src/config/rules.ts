import { suggest } from "../errors/nearest.js";
import { unknownName, type IssueSpec } from "./issue.js";
import { isTree, valueAt, type Path } from "./path.js";

/** A model as it is written, right or not: what is missing or of another type reads as nothing. */
export interface LooseModel {
  text(...path: Path): string | null;
  list(...path: Path): readonly unknown[];
  has(...path: Path): boolean;
  /** Something is there, and it is no object: its shape is the mistake. */
  isMisshapen(...path: Path): boolean;
}

/** A rule over several keys of one model; paths are relative to it. */
type Rule = (model: LooseModel) => readonly IssueSpec[];

const COLUMN_ROLES = ["key", "time", "target", "weight", "group"] as const;

const positiveOnlyForBinary: Rule = (model) => {
  const task = model.text("columns", "task");
  const hasPositive = model.has("columns", "positive");
  if (task === "binary" && !hasPositive) return [{ path: ["columns", "positive"], message: "is missing, and the task is binary.", mend: "Set columns.positive to the class whose probability is the score." }];
  if (task !== null && task !== "binary" && hasPositive) return [{ path: ["columns", "positive"], message: `is given, but the task is ${task}.`, mend: "Remove columns.positive, or set columns.task to binary." }];
  return [];
};

const positiveNeedsTarget: Rule = (model) =>
  model.has("columns", "positive") && !model.has("columns", "target") ? [{ path: ["columns", "target"], message: "is missing, though columns.positive is given.", mend: "Set columns.target." }] : [];

const timeSplitNeedsTime: Rule = (model) =>
  model.text("split", "use") === "time" && model.text("columns", "time") === null
    ? [{ path: ["columns", "time"], message: "is missing, and the split is by time.", mend: "Set columns.time, or split by hash, random or column." }]
    : [];

const horizonNeedsTime: Rule = (model) =>
  model.has("columns", "horizon") && model.text("columns", "time") === null ? [{ path: ["columns", "horizon"], message: "is given without columns.time, from which it counts.", mend: "Set columns.time." }] : [];

const sharesLeaveTraining: Rule = (model) => {
  const rule = model.text("split", "use");
  if (rule !== "hash" && rule !== "random") return [];
  const [test, validation] = ["test", "validation"].map((part) => (model.has("split", "with", part) ? Number(model.text("split", "with", part)) : 0.2));
  return test! + validation! >= 1 ? [{ path: ["split", "with"], message: `leaves nothing to train on: test ${test} + validation ${validation}.`, mend: "Make the two shares less than 1 together." }] : [];
};

const gateMetricIsMeasured: Rule = (model) => {
  const metrics = model.list("evaluate", "metrics").flatMap((use) => (isTree(use) && typeof use["use"] === "string" ? [use["use"]] : []));
  if (metrics.length === 0) return [];
  return model.list("evaluate", "gates").flatMap((gate, index) => {
    const metric = isTree(gate) ? gate["metric"] : null;
    if (typeof metric !== "string" || metrics.includes(metric)) return [];
    return [unknownName(["evaluate", "gates", index, "metric"], `is not among evaluate.metrics: "${metric}"`, metric, metrics, `Add it to evaluate.metrics, or gate on one of those.`)];
  });
};

const gateHasOneBound: Rule = (model) =>
  model.list("evaluate", "gates").flatMap((gate, index) => {
    if (!isTree(gate) || ("atLeast" in gate) !== ("atMost" in gate)) return [];
    return [{ path: ["evaluate", "gates", index], message: `needs one of atLeast and atMost, found ${"atLeast" in gate ? "both" : "neither"}.`, mend: "Set exactly one." }];
  });

const gateSliceIsSliced: Rule = (model) => {
  const slices = model.list("evaluate", "slices").map(String);
  const pii = model.list("columns", "pii").map(String);
  return model.list("evaluate", "gates").flatMap((gate, index) => {
    const slice = isTree(gate) ? gate["slice"] : null;
    if (typeof slice !== "string") return [];
    const column = slice.split("=")[0]!;
    if (slice.includes("=") && pii.includes(column)) return [{ path: ["evaluate", "gates", index, "slice"], message: `names a value of "${column}", which columns.pii masks.`, mend: `Gate on a slice of another column, or take "${column}" out of columns.pii.` }];
    if (slice.includes("=") && slices.includes(column)) return [];
    return [{ path: ["evaluate", "gates", index, "slice"], message: `names no slice: "${slice}".`, found: slice, allowed: slices, mend: `Write column=value. ${suggest(column, slices)}` }];
  });
};

const gateVersusJudgesParts: Rule = (model) =>
  model.list("evaluate", "gates").flatMap((gate, index) => {
    if (!isTree(gate) || gate["versus"] === undefined) return [];
    const path = ["evaluate", "gates", index];
    if (gate["slice"] !== undefined) return [{ path: [...path, "slice"], message: "cannot stand with versus: rivals are compared on whole parts.", mend: "Remove slice, or versus." }];
    if (gate["part"] === "cross-validation") return [{ path: [...path, "part"], message: "is cross-validation, and versus compares on the rows of a part.", mend: "Use part test or validation." }];
    if (gate["versus"] === "baseline" && model.list("evaluate", "baselines").length === 0) return [{ path: [...path, "versus"], message: "is baseline, and evaluate.baselines names none.", mend: "Add one, for example prior or mean." }];
    if (gate["versus"] === "champion" && model.text("register", "alias") === null) return [{ path: [...path, "versus"], message: "is champion, and register.alias names no alias.", mend: "Set register.alias, for example to champion." }];
    return [];
  });

const gateOnCrossValidationNeedsParts: Rule = (model) => {
  if (model.has("split", "with", "parts")) return [];
  return model.list("evaluate", "gates").flatMap((gate, index) => {
    if (!isTree(gate) || gate["part"] !== "cross-validation") return [];
    return [{ path: ["evaluate", "gates", index, "part"], message: "is cross-validation, and the split has no parts.", mend: "Set split.with.parts, for example to 5, in a split by hash or random." }];
  });
};

const columnsPlayOneRole: Rule = (model) => {
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

const ignoredColumnsAreUnused: Rule = (model) => {
  const ignored = new Set(model.list("columns", "ignore").map(String));
  const used: (readonly [Path, unknown])[] = [
    ...(["target", "weight"] as const).map((role) => [["columns", role], model.text("columns", role)] as const),
    ...model.list("features").flatMap((feature, index) => (isTree(feature) && Array.isArray(feature["from"]) ? feature["from"].map((column, at) => [["features", index, "from", at], column] as const) : [])),
  ];
  return used
    .filter(([, column]) => typeof column === "string" && ignored.has(column))
    .map(([path, column]) => ({ path, message: `uses the column "${String(column)}", which columns.ignore leaves out.`, mend: `Remove "${String(column)}" from columns.ignore, or from here.` }));
};

const targetIsNoFeature: Rule = (model) => {
  const target = model.text("columns", "target");
  return model.list("features").flatMap((feature, index) => {
    const from = isTree(feature) && Array.isArray(feature["from"]) ? feature["from"] : [];
    const at = from.indexOf(target);
    if (target === null || at < 0) return [];
    return [{ path: ["features", index, "from", at], message: `is the target "${target}": the model would be told the answer.`, mend: "Remove it from the feature." }];
  });
};

const trainingNeedsTarget: Rule = (model) =>
  model.has("train") && !model.has("columns", "target") && !model.isMisshapen("columns") ? [{ path: ["columns", "target"], message: "is missing: a trainer learns to predict it.", mend: "Set columns.target to the column to predict." }] : [];

export const RULES: Readonly<Record<string, Rule>> = {
  trainingNeedsTarget,
  positiveOnlyForBinary,
  positiveNeedsTarget,
  timeSplitNeedsTime,
  horizonNeedsTime,
  sharesLeaveTraining,
  gateMetricIsMeasured,
  gateHasOneBound,
  gateSliceIsSliced,
  gateVersusJudgesParts,
  gateOnCrossValidationNeedsParts,
  columnsPlayOneRole,
  ignoredColumnsAreUnused,
  targetIsNoFeature,
};

function loosely(model: unknown): LooseModel {
  return {
    has: (...path) => valueAt(model, path) !== undefined && valueAt(model, path) !== null,
    isMisshapen: (...path) => valueAt(model, path) !== undefined && !isTree(valueAt(model, path)),
    text(...path) {
      const value = valueAt(model, path);
      return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : null;
    },
    list(...path) {
      const value = valueAt(model, path);
      return Array.isArray(value) ? value : [];
    },
  };
}

/** What is wrong between the keys of each model of a config, whatever is wrong within them. */
export function ruleIssues(config: unknown): readonly IssueSpec[] {
  const models = valueAt(config, ["models"]);
  if (!isTree(models)) return [];
  return Object.entries(models).flatMap(([name, model]) =>
    isTree(model) ? Object.values(RULES).flatMap((rule) => rule(loosely(model)).map((issue) => ({ ...issue, path: ["models", name, ...issue.path] }))) : [],
  );
}
