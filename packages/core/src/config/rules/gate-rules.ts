import { suggest } from "../../errors/nearest.js";
import { unknownName } from "../issue.js";
import { isTree } from "../path.js";
import type { Rule } from "./loose-model.js";
import { measuredNames } from "./measured-names.js";

export const gateMetricIsMeasured: Rule = (model) => {
  const metrics = measuredNames(model.list("evaluate", "metrics").flatMap((use) => (isTree(use) && typeof use["use"] === "string" ? [use["use"]] : [])));
  // What is measured by default is known with the columns.
  if (!model.has("evaluate", "metrics")) return [];
  return model.list("evaluate", "gates").flatMap((gate, index) => {
    const metric = isTree(gate) ? gate["metric"] : null;
    if (typeof metric !== "string" || metrics.includes(metric)) return [];
    return [unknownName(["evaluate", "gates", index, "metric"], `is not among evaluate.metrics: "${metric}"`, metric, metrics, `Add it to evaluate.metrics, or gate on one of those.`)];
  });
};

export const gateHasOneBound: Rule = (model) =>
  model.list("evaluate", "gates").flatMap((gate, index) => {
    if (!isTree(gate) || ("atLeast" in gate) !== ("atMost" in gate)) return [];
    return [{ path: ["evaluate", "gates", index], message: `needs one of atLeast and atMost, found ${"atLeast" in gate ? "both" : "neither"}.`, mend: "Set exactly one." }];
  });

export const gateSliceIsSliced: Rule = (model) => {
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

export const gateVersusJudgesParts: Rule = (model) =>
  model.list("evaluate", "gates").flatMap((gate, index) => {
    if (!isTree(gate) || gate["versus"] === undefined) return [];
    const path = ["evaluate", "gates", index];
    if (gate["slice"] !== undefined) return [{ path: [...path, "slice"], message: "cannot stand with versus: rivals are compared on whole parts.", mend: "Remove slice, or versus." }];
    if (gate["part"] === "cross-validation") return [{ path: [...path, "part"], message: "is cross-validation, and versus compares on the rows of a part.", mend: "Use part test or validation." }];
    if (gate["versus"] === "baseline" && model.list("evaluate", "baselines").length === 0) return [{ path: [...path, "versus"], message: "is baseline, and evaluate.baselines names none.", mend: "Add one, for example prior or mean." }];
    if (gate["versus"] === "champion" && model.text("register", "alias") === null) return [{ path: [...path, "versus"], message: "is champion, and register.alias names no alias.", mend: "Set register.alias, for example to champion." }];
    return [];
  });

export const gateOnCrossValidationNeedsParts: Rule = (model) => {
  if (model.has("split", "with", "parts")) return [];
  return model.list("evaluate", "gates").flatMap((gate, index) => {
    if (!isTree(gate) || gate["part"] !== "cross-validation") return [];
    return [{ path: ["evaluate", "gates", index, "part"], message: "is cross-validation, and the split has no parts.", mend: "Set split.with.parts, for example to 5, in a split by hash or random." }];
  });
};

/** The parts of cross-validation are judged as a whole, so that such a gate could never pass. */
export const gateOnCrossValidationJudgesAll: Rule = (model) =>
  model.list("evaluate", "gates").flatMap((gate, index) => {
    if (!isTree(gate) || gate["part"] !== "cross-validation" || gate["slice"] === undefined || gate["versus"] !== undefined) return [];
    return [{ path: ["evaluate", "gates", index, "slice"], message: "cannot stand with part cross-validation: slices are not cross-validated.", mend: "Remove slice, or judge it on part test or validation." }];
  });

/** A split may leave a part empty. */
export const gateJudgesRows: Rule = (model) =>
  model.list("evaluate", "gates").flatMap((gate, index) => {
    const part = isTree(gate) ? (gate["part"] ?? "test") : null;
    if ((part !== "test" && part !== "validation") || model.number("split", "with", part) !== 0) return [];
    return [{ path: ["evaluate", "gates", index, "part"], message: `is ${part}, and split.with.${part} is 0: no row is judged.`, mend: "Gate on another part, or give this one a share." }];
  });
