import type { Step } from "../../contracts/step.js";

/** A piece of a step that folds the data: the partials of some parts, by part. No plan holds it: the step schedules it. */
export const foldPartsStep: Step = {
  place: "executor",
  plan: (_, tasks) => tasks,
  run: async (task, context) => (await import("../tasks/fold-parts.js")).runFoldParts(task, context),
};
