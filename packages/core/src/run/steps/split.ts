import type { Json } from "../../contracts/json.js";
import type { ResolvedModel } from "../../contracts/resolved.js";
import type { Step } from "../../contracts/step.js";
import type { SplitOptions } from "../tasks/split.js";

function namedColumns({ columns, split, evaluate }: ResolvedModel): SplitOptions["named"] {
  const roles = (["key", "time", "target", "weight", "group"] as const).map((role) => [`columns.${role}`, columns[role]] as const);
  const lists = (["ignore", "pii"] as const).flatMap((list) => columns[list].map((name, index) => [`columns.${list}[${index}]`, name] as const));
  const rule = ["group", "name"].map((option) => [`split.with.${option}`, split.with[option]] as const);
  const slices = evaluate.slices.map((name, index) => [`evaluate.slices[${index}]`, name] as const);
  return Object.fromEntries([...roles, ...lists, ...rule, ...slices].flatMap(([place, name]) => (typeof name === "string" ? [[place, name]] : [])));
}

/** Which row is for what, and what the target turns out to be. */
export const splitStep: Step = {
  place: "executor",
  plan: (model, tasks) => {
    const { key, time, target, group, positive, horizon, task, weight, pii } = model.columns;
    const options: SplitOptions = { ...model.split, columns: { key, time, target, group, positive, horizon, task, weight, pii } as SplitOptions["columns"], seed: model.seed, named: namedColumns(model) };
    return [...tasks, { id: `${model.name}/split`, step: "split", inputs: { frames: { task: `${model.name}/read`, output: "frames" } }, options: options as unknown as Json, uses: {}, after: [] }];
  },
  run: async (task, context) => (await import("../tasks/split.js")).runSplit(task, context),
};
