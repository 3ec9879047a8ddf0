import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { crossValidationParts } from "../data/variants.js";
import { definitionOf } from "../register/lineage.js";
import type { RegisterOptions } from "../tasks/register.js";

/** Makes a version of what was trained, certified and judged, and moves the alias where every gate passed. */
export const registerStep: Step = {
  place: "coordinator",
  plan: (model, tasks) => {
    const from = (step: string, output: string) => ({ task: `${model.name}/${step}`, output });
    const { alias } = model.register;
    const { gates, confidence } = model.evaluate;
    const options: RegisterOptions = { model: model.name, source: model.source.name, sample: model.sample, alias, gates, confidence, pii: model.columns.pii, definition: definitionOf(model) };
    return [
      ...tasks,
      {
        id: `${model.name}/register`,
        step: "register",
        inputs: {
          ...Object.fromEntries((model.partitions ?? []).map(({ id, digest }) => [`partition.${id}`, digest])),
          frames: from("read", "frames"), split: from("split", "split"), findings: from("check", "findings"), features: from("fit", "features"),
          model: from(model.after.length > 0 ? "after" : "train", "model"), remarks: from(model.after.length > 0 ? "after" : "train", "remarks"), evaluation: from("evaluate", "evaluation"),
          certificate: from("certify", "certificate"), golden: from("certify", "golden"),
          ...(gates.some(({ versus }) => versus !== null) ? { comparison: from("compare", "comparison") } : {}),
          ...(crossValidationParts(model) === 0 ? {} : { crossValidation: from("cross-validate", "crossValidation") }),
        },
        options: options as unknown as Json,
        uses: {},
        after: [],
      },
    ];
  },
  run: async (task, context) => (await import("../tasks/register.js")).runRegister(task, context),
};
