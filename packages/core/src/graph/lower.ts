import type { Field } from "../contracts/frame.js";
import type { Graph, Value, Values } from "../contracts/graph.js";
import type { Problem, Trainer } from "../contracts/trainer.js";
import type { Transform } from "../contracts/transform.js";
import { MillraceError } from "../errors/millrace-error.js";
import { cast, castSparse } from "./cast.js";

/**
 * The nodes of a fitted transform. What enters is cast up (numbers to float64, category codes to int64, text stays), and what leaves
 * is cast down, once: to float32 (numbers and sparse vectors), or int32 for category codes. `promised`: what `transform.fields` said.
 * Results come back in the order of the promise. Throws GRAPH_RESULT for a result that was not promised, or is of another dtype.
 */
export function lowerTransform(graph: Graph, transform: Transform, state: unknown, promised: readonly Field[], inputs: Values): Values {
  const results = kept(transform.lower(state, castUp(graph, inputs), graph), promised);
  return new Map(results.map(([value, field]) => [field.name, leave(graph, value, field)]));
}

/** The same for what stands behind the model (`after`) or transforms the target: numbers stay float64, because they are cast once, last (`predictionOutputs`, `leaveAfter`); text is promised. */
export function lowerAfter(graph: Graph, transform: Transform, state: unknown, promised: readonly Field[], inputs: Values): Values {
  const results = kept(transform.lower(state, castUp(graph, inputs), graph), promised);
  return new Map(results.map(([value, field]) => [field.name, expect(value, field, field.dtype === "string" ? "string" : "float64")]));
}

/** What `after` adds to the outputs of a model: numbers become float32; text stays, and 0, 1 and NaN leave as bool where that was promised. */
export function leaveAfter(graph: Graph, value: Value, promised: Field["dtype"]): Value {
  if (promised === "string") return value;
  return promised === "bool" ? { ...value, field: { ...value.field, dtype: "bool" } } : cast(graph, value, "float32");
}

/** The one float64 value of a trained model: `score`, `probabilities` or `prediction`, by the problem. Throws GRAPH_RESULT for anything else. */
export function lowerTrainer(graph: Graph, trainer: Trainer, state: unknown, problem: Problem, features: Values): Value {
  const field = predictionField(problem);
  const results = trainer.lower(state, castUp(graph, features), graph);
  const value = results.get(field.name);
  if (results.size !== 1 || value === undefined)
    throw wrong(field.name, `a trainer lowers a ${problem.kind} problem to the one value "${field.name}", and this one gave ${[...results.keys()].join(", ") || "none"}`, `Return new Map([["${field.name}", value]]).`);
  const width = value.field.shape?.at(-1) ?? 1;
  const classes = field.shape?.[0] ?? 1;
  if (width !== classes) throw wrong(field.name, `it has ${width} numbers a row, and the problem has ${classes}`, "Return one column per class, in the order of the classes.");
  return expect(value, field, "float64");
}

/** What a trainer's value is called, and its shape. */
export function predictionField(problem: Problem): Field {
  const name = problem.kind === "binary" ? "score" : problem.kind === "multiclass" ? "probabilities" : "prediction";
  return { name, dtype: "float64", nullable: true, shape: problem.kind === "multiclass" ? [problem.classes.length] : [], categories: null };
}

function castUp(graph: Graph, inputs: Values): Values {
  return new Map([...inputs].map(([name, value]) => [name, up(graph, value)]));
}

function up(graph: Graph, value: Value): Value {
  if (value.field.dtype === "string") return value;
  if (value.field.dtype === "sparse") return castSparse(graph, value, "float64");
  return cast(graph, value, value.field.categories === null ? "float64" : "int64");
}

function leave(graph: Graph, value: Value, field: Field): Value {
  const { dtype, categories } = value.field;
  if (field.dtype === "string") return expect(value, field, "string");
  if (field.dtype === "sparse") return named(castSparse(graph, expect(value, field, "sparse"), "float32"), field);
  if (field.dtype === "float32") return dtype === "float32" ? named(value, field) : named(cast(graph, expect(value, field, "float64"), "float32"), field);
  if (field.dtype === "int32" && categories !== null) return dtype === "int32" ? named(value, field) : named(cast(graph, expect(value, field, "int64"), "int32"), field);
  throw wrong(field.name, `it was promised as ${field.dtype}, and is ${dtype} ${categories === null ? "without" : "with"} categories`, "Promise float32 for numbers, int32 with categories for codes, sparse for sparse vectors, string for text.");
}

function expect(value: Value, field: Field, dtype: Field["dtype"]): Value {
  if (value.field.dtype !== dtype) throw wrong(field.name, `it is ${value.field.dtype} where ${dtype} is expected`, `Compute it in ${dtype}; the core casts results down, once.`);
  return named(value, field);
}

/** The value under its promised name, with what was learnt of it. */
function named(value: Value, field: Field): Value {
  const { dtype, shape, categories } = value.field;
  return { name: value.name, field: { name: field.name, dtype, nullable: field.nullable, shape: field.shape ?? shape, categories } };
}

/** The results in the order of the promise; a result may be left out, never added. */
function kept(results: Values, promised: readonly Field[]): readonly (readonly [Value, Field])[] {
  for (const name of results.keys())
    if (!promised.some((field) => field.name === name)) throw wrong(name, `it was not promised: ${promised.map((field) => field.name).join(", ")}`, "Return values under the names that fields() gives.");
  return promised.flatMap((field) => (results.has(field.name) ? [[results.get(field.name)!, field] as const] : []));
}

function wrong(result: string, what: string, mend: string): MillraceError {
  return new MillraceError({ code: "GRAPH_RESULT", message: `The lowered value "${result}" does not fit: ${what}.`, mend, facts: { result } });
}
