import type { Step } from "../../contracts/step.js";

/** The only step that touches a source: each partition is written once, as Arrow parts in read order; all else reads these. */
export const readStep: Step = {
  place: "executor",
  plan: (model, tasks) => [
    ...tasks,
    {
      id: `${model.name}/read`,
      step: "read",
      inputs: Object.fromEntries((model.partitions ?? []).map(({ id, digest }) => [`partition.${id}`, digest])),
      options: { sample: model.sample, seed: model.sample === null ? 0 : model.seed, types: model.columns.types },
      uses: { source: model.source },
      after: [],
    },
  ],
  run: async (task, context) => (await import("../tasks/read.js")).runRead(task, context),
};
