import type { Step } from "../../contracts/step.js";

/** A piece of a step that folds the data: what came of some parts, merged as far as the tree allows. No plan holds it: the step schedules it. */
export const foldPartsStep: Step = {
  place: "executor",
  plan: (_, tasks) => tasks,
  run: async (task, context) => (await import("../tasks/fold-parts.js")).runFoldParts(task, context),
};
