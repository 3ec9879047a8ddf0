import type { Rule } from "./loose-model.js";

export const trainingNeedsTarget: Rule = (model) =>
  model.has("train") && !model.has("columns", "target") && !model.isMisshapen("columns") ? [{ path: ["columns", "target"], message: "is missing: a trainer learns to predict it.", mend: "Set columns.target to the column to predict." }] : [];

export const positiveNeedsTarget: Rule = (model) =>
  model.has("columns", "positive") && !model.has("columns", "target") ? [{ path: ["columns", "target"], message: "is missing, though columns.positive is given.", mend: "Set columns.target." }] : [];

export const positiveOnlyForBinary: Rule = (model) => {
  const task = model.text("columns", "task");
  const hasPositive = model.has("columns", "positive");
  if (task === "binary" && !hasPositive) return [{ path: ["columns", "positive"], message: "is missing, and the task is binary.", mend: "Set columns.positive to the class whose probability is the score." }];
  if (task !== null && task !== "binary" && hasPositive) return [{ path: ["columns", "positive"], message: `is given, but the task is ${task}.`, mend: "Remove columns.positive, or set columns.task to binary." }];
  return [];
};
