import type { Graph, Value, Values } from "../contracts/graph.js";
import type { Problem } from "../contracts/trainer.js";
import { field } from "../frame/frame.js";
import { arithmetic } from "./arithmetic.js";
import { cast } from "./cast.js";

/**
 * What leaves a model, from its one float64 value (see `lowerTrainer`), each cast to float32 once, last. Regression: `prediction`.
 * Classification: `probabilities` [N, K] in the order of the classes, `label` (text), and where binary `score` = P(positive).
 * The label is the class of the greatest float64 probability, the first of them where several are equal (as scikit-learn
 * has it), and missing (`""`) where a probability is NaN.
 */
export function predictionOutputs(graph: Graph, problem: Problem, value: Value): Values {
  if (problem.kind === "regression") return new Map([["prediction", down(graph, value, "prediction")]]);
  const probabilities = problem.kind === "binary" ? bothClasses(graph, problem.positive === problem.classes[1], value) : value;
  const outputs = new Map([
    ["probabilities", down(graph, probabilities, "probabilities")],
    ["label", label(graph, problem.classes, probabilities, problem.kind === "binary" ? value : sumOf(graph, value))],
  ]);
  if (problem.kind === "binary") outputs.set("score", down(graph, value, "score"));
  return outputs;
}

/** P(positive) beside its complement, in the order of the classes. */
function bothClasses(graph: Graph, positiveLast: boolean, score: Value): Value {
  const complement = arithmetic(graph).sub(1, score);
  return graph.stack(positiveLast ? [complement, score] : [score, complement]);
}

/** NaN where one of them is. */
function sumOf(graph: Graph, probabilities: Value): Value {
  const axes = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) });
  return graph.node("ReduceSum", [probabilities, axes], [field("sum", "float64")], { keepdims: 1n })[0]!;
}

/** `known`: NaN where a probability is. */
function label(graph: Graph, classes: readonly string[], probabilities: Value, known: Value): Value {
  const { isNaN } = arithmetic(graph);
  const [best] = graph.node("ArgMax", [probabilities], [field("best", "int64")], { axis: 1n, keepdims: 1n });
  const missing = graph.constant({ dtype: "int64", dims: [1, 1], values: BigInt64Array.of(BigInt(classes.length)) });
  const [index] = graph.node("Where", [isNaN(known), missing, best!], [field("index", "int64")]);
  const table = graph.constant({ dtype: "string", dims: [classes.length + 1], values: [...classes, ""] });
  return graph.node("Gather", [table, index!], [field("label", "string")], { axis: 0n })[0]!;
}

function down(graph: Graph, value: Value, name: string): Value {
  const result = cast(graph, value, "float32");
  return { ...result, field: { ...result.field, name, nullable: true } };
}
