import type { Value } from "../../contracts/graph.js";
import type { Problem, Trainer } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { suggest } from "../../errors/nearest.js";
import { cast } from "../../graph/cast.js";
import { lowerAfter, lowerTrainer, predictionField } from "../../graph/lower.js";
import { predictionOutputs } from "../../graph/outputs.js";
import { createGraph } from "../../graph/writer.js";
import type { FeaturesManifest } from "../features/manifest.js";

/** A transform behind the model, fitted. */
export interface AfterTransform {
  readonly transform: Transform;
  readonly state: unknown;
  readonly from: readonly string[];
}

export interface ModelParts {
  readonly name: string;
  readonly features: FeaturesManifest;
  /** The bytes of `features.graph`. */
  readonly featureOnnx: Uint8Array;
  readonly trainer: Trainer;
  readonly state: unknown;
  readonly problem: Problem;
  /** In the order of application. */
  readonly after: readonly AfterTransform[];
}

/** One file: raw columns, features, model, what stands behind it, predictions. */
export function composeModel({ name, features, featureOnnx, trainer, state, problem, after }: ModelParts): Uint8Array {
  const graph = createGraph(name);
  const inputs = new Map(features.inputs.map((field) => [field.name, graph.input(field)]));
  const main = predictionField(problem);
  const behind = new Map([[main.name, lowerTrainer(graph, trainer, state, problem, graph.splice(featureOnnx, inputs))]]);
  for (const { transform, state: learnt, from } of after) {
    const taken = new Map(from.map((column) => [column, valueNamed(behind, column)]));
    const promised = transform.fields([...taken].map(([column, { field }]) => ({ ...field, name: column })));
    for (const [result, value] of lowerAfter(graph, transform, learnt, promised, taken)) behind.set(result, value);
  }
  const outputs = new Map(predictionOutputs(graph, problem, behind.get(main.name)!));
  for (const [extra, value] of behind) if (extra !== main.name) outputs.set(extra, cast(graph, value, "float32"));
  for (const [output, value] of outputs) graph.output(output, value, { ...value.field, name: output });
  return graph.finish({ name, inputs: features.inputs, outputs: graph.outputs(), problem, seen: features.seen });
}

function valueNamed(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new MillraceError({ code: "AFTER_NO_VALUE", message: `\`after\` reads "${name}", which nothing behind the model gives.`, mend: suggest(name, values.keys()) });
  return value;
}
