import type { Field } from "../contracts/frame.js";
import type { Graph, Value } from "../contracts/graph.js";
import { MillraceError } from "../errors/millrace-error.js";
import { refused } from "./refuse.js";

/** See Graph.code. Throws GRAPH_CATEGORIES where a category is `""` or stands twice. */
export function code(graph: Graph, text: Value, categories: readonly string[]): Value {
  if (categories.includes("") || new Set(categories).size < categories.length)
    throw new MillraceError({
      code: "GRAPH_CATEGORIES",
      message: `The categories of "${text.field.name}" hold ${categories.includes("") ? 'the empty text, which is "missing"' : "a text twice"}.`,
      mend: "Give each category once, and leave the empty text out: it has a code of its own.",
    });
  const keys = [...categories, ""];
  const output: Field = { ...text.field, dtype: "int64", nullable: false, categories };
  return graph.node("LabelEncoder", [text], [output], {
    keys_strings: keys,
    values_int64s: BigInt64Array.from(keys, (_, index) => BigInt(index)),
    default_int64: BigInt(keys.length),
  })[0]!;
}

/** See Graph.stack. Throws GRAPH_OP_REFUSED for other dtypes. */
export function stack(graph: Graph, values: readonly Value[]): Value {
  const other = values.find(({ field }) => field.dtype !== "float64");
  if (other !== undefined || values.length === 0)
    throw refused("stack", other === undefined ? "there is nothing to stack." : `"${other.field.name}" is ${other.field.dtype}.`, "Give it one float64 value at least, and look codes up first.");
  if (values.length === 1) return values[0]!;
  const width = values.reduce((sum, { field }) => sum + (field.shape?.at(-1) ?? 1), 0);
  const output: Field = { name: "stack", dtype: "float64", nullable: true, shape: [width], categories: null };
  return graph.node("Concat", values, [output], { axis: 1n })[0]!;
}

/** The inverse of `stack`: values of these widths, named and described by their fields. */
export function unstack(graph: Graph, stacked: Value, fields: readonly Field[]): readonly Value[] {
  if (fields.length === 1) return [{ ...stacked, field: { ...fields[0]!, dtype: stacked.field.dtype, shape: stacked.field.shape } }];
  const widths = fields.map(({ shape }) => BigInt(shape?.at(-1) ?? 1));
  const sizes = graph.constant({ dtype: "int64", dims: [widths.length], values: BigInt64Array.from(widths) });
  return graph.node("Split", [stacked, sizes], fields.map((field) => ({ ...field, dtype: stacked.field.dtype })), { axis: 1n });
}

/** Row by row the entry of a float64 table at an int64 code: `[N, 1]`, or `[N, width]` of a row-major table. */
export function lookup(graph: Graph, codes: Value, table: ArrayLike<number>, width = 1): Value {
  const dims = width === 1 ? [table.length] : [table.length / width, width];
  const values = graph.constant({ dtype: "float64", dims, values: Float64Array.from(table) });
  const output: Field = { ...codes.field, dtype: "float64", nullable: true, categories: null, shape: width === 1 ? codes.field.shape : [width] };
  const [found] = graph.node("Gather", [values, codes], [output], { axis: 0n });
  if (width === 1) return found!;
  const shape = graph.constant({ dtype: "int64", dims: [2], values: BigInt64Array.of(-1n, BigInt(width)) });
  return graph.node("Reshape", [found!, shape], [output])[0]!;
}

/** A number on each row of `like` (float64 or int64), as float64: the one way to make a constant per row. */
export function fill(graph: Graph, like: Value, number: number): Value {
  const bool: Field = { ...like.field, name: "any", dtype: "bool", categories: null };
  const [condition] = like.field.dtype === "int64" ? graph.node("Equal", [like, like], [bool]) : graph.node("IsNaN", [like], [bool]);
  const constant = graph.constant({ dtype: "float64", dims: [1, 1], values: Float64Array.of(number) });
  return graph.node("Where", [condition!, constant, constant], [{ ...bool, name: "fill", dtype: "float64" }])[0]!;
}
