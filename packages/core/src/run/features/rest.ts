import type { Field } from "../../contracts/frame.js";
import type { Columns, TransformUse } from "../../contracts/resolved.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { textCounts } from "../../fold/text-counts.js";

/** Columns with a role of their own are never features. */
export function isFeatureColumn(name: string, columns: Columns): boolean {
  const { key, time, target, weight, group, ignore } = columns;
  return ![key, time, target, weight, group].includes(name) && !ignore.includes(name);
}

export interface Rest {
  readonly transforms: readonly { readonly use: TransformUse; readonly transform: Transform }[];
  /** Columns that are not features, because nothing says how. */
  readonly unused: readonly string[];
}

/** What becomes of the columns that no feature reads: numbers and bools as they are, text as the code of its category, by `columns.rest`. Throws FEATURE_REST. */
export function restOf(raw: readonly Field[], read: ReadonlySet<string>, columns: Columns): Rest {
  const rest = raw.filter(({ name }) => !read.has(name) && isFeatureColumn(name, columns));
  if (columns.rest === "drop") return { transforms: [], unused: rest.map(({ name }) => name) };
  if (columns.rest === "error" && rest.length > 0)
    throw new MillraceError({ code: "FEATURE_REST", message: `No feature reads: ${rest.map(({ name }) => name).join(", ")}.`, mend: "Name them under `features`, list them in columns.ignore, or set columns.rest to \"drop\" or \"use\"." });
  const transforms = rest.flatMap((field) => {
    const transform = field.dtype === "string" ? categoryCode : isNumber(field) ? asNumber : null;
    return transform === null ? [] : [{ use: { use: { kind: "transform" as const, name: "as it is", with: {} }, from: [field.name], as: null }, transform }];
  });
  return { transforms, unused: rest.filter((field) => field.dtype !== "string" && !isNumber(field)).map(({ name }) => name) };
}

function isNumber({ dtype, shape }: Field): boolean {
  return ["float32", "float64", "int32", "int64", "bool", "uint8"].includes(dtype) && (shape ?? []).length === 0;
}

/** A number as a float32 feature; it learns nothing. */
const asNumber: Transform<null> = {
  learnsFrom: "inputs",
  fields: (input) => input.map((field) => ({ ...field, dtype: "float32" as const })),
  fit: () => ({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower: (_, input) => input,
};

/** Text as the code of its category among those seen in training, sorted. */
const categoryCode: Transform<readonly string[]> = {
  learnsFrom: "inputs",
  fields: (input) => input.map((field) => ({ ...field, dtype: "int32" as const })),
  fit: ([field]) => {
    const counts = textCounts(field!.name);
    return { ...counts, finish: (partial) => [...counts.finish(partial).counts.keys()] };
  },
  lower: (categories, input, graph) => new Map([...input].map(([name, text]) => [name, graph.code(text, categories)])),
};
