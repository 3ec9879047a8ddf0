import type { Field } from "../../contracts/frame.js";
import type { Problem, Trainer } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { leaveAfter, lowerAfter, lowerTrainer, predictionField } from "../../graph/lower.js";
import { predictionOutputs } from "../../graph/outputs.js";
import { createGraph } from "../../graph/writer.js";
import { lowering } from "../features/lowering.js";
import type { FeaturesManifest } from "../features/manifest.js";
import { isDecision, promisedBehind, valueNamed, type AfterPlace } from "./place-after.js";

/** A transform behind the model, fitted. */
export interface AfterTransform extends AfterPlace {
  /** For messages: `after[0] (calibrate)`. */
  readonly where: string;
  readonly transform: Transform;
  readonly state: unknown;
}

export interface ModelParts {
  readonly name: string;
  readonly features: FeaturesManifest;
  /** The bytes of `features.graph`. */
  readonly featureOnnx: Uint8Array;
  readonly trainer: Trainer;
  readonly state: unknown;
  readonly problem: Problem;
  /** The bytes of `features.inverse`; null: the target was learnt as it is. */
  readonly inverse: Uint8Array | null;
  /** In the order of application. */
  readonly after: readonly AfterTransform[];
}

/** One file: raw columns, features, model, what stands behind it, predictions. Throws AFTER_NO_VALUE and AFTER_NAME. */
export function composeModel({ name, features, featureOnnx, trainer, state, problem, inverse, after }: ModelParts): Uint8Array {
  const graph = createGraph(name);
  const inputs = new Map(features.inputs.map((field) => [field.name, graph.input(field)]));
  const main = predictionField(problem);
  const learnt = lowerTrainer(graph, trainer, state, problem, graph.splice(featureOnnx, inputs));
  const behind = new Map([[main.name, inverse === null ? learnt : graph.splice(inverse, new Map([[main.name, learnt]])).get(main.name)!]]);
  const extras = new Map<string, Field["dtype"]>();
  const decisions: string[] = [];
  for (const { where, transform, state: fitted, ...place } of after) {
    const taken = new Map(place.from.map((column) => [column, valueNamed(behind, column)]));
    const promised = promisedBehind(transform, place, [...taken].map(([column, { field }]) => ({ ...field, name: column })), problem);
    const results = lowering(where, () => lowerAfter(graph, transform, fitted, promised.map(({ own }) => own), taken));
    for (const { own, name: result } of promised) {
      const value = results.get(own.name);
      if (value === undefined) continue;
      behind.set(result, value);
      if (result !== main.name) extras.set(result, own.dtype);
      if (isDecision(own) && problem.kind === "binary") decisions.push(result);
    }
  }
  const outputs = new Map(predictionOutputs(graph, problem, behind.get(main.name)!));
  for (const [extra, dtype] of extras) outputs.set(extra, leaveAfter(graph, behind.get(extra)!, dtype));
  for (const [output, value] of outputs) graph.output(output, value, { ...value.field, name: output });
  const decision = decisions.find((output) => extras.get(output) === "bool");
  return graph.finish({ name, inputs: features.inputs, outputs: graph.outputs(), problem, seen: features.seen, ...(decision === undefined ? {} : { decision }) });
}
