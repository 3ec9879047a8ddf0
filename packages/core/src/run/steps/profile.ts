import type { Step } from "../../contracts/step.js";

/** What each raw column holds, in one pass; of personal data only how much there is. Nothing waits for it: reports read it. */
export const profileStep: Step = {
  place: "coordinator",
  plan: (model, tasks) => [
    ...tasks,
    {
      id: `${model.name}/profile`,
      step: "profile",
      inputs: { frames: { task: `${model.name}/read`, output: "frames" } },
      options: { pii: model.columns.pii },
      uses: {},
      after: [],
    },
  ],
  run: async (task, context) => (await import("../tasks/profile.js")).runProfile(task, context),
};
