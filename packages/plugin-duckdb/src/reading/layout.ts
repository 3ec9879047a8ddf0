import type { DuckDBArrayType, DuckDBListType, DuckDBType } from "@duckdb/node-api";
import { type Field, field, MillraceError } from "@millrace/core";
import { quoteName } from "../database/quote.js";
import { bytesReader } from "./bytes-reader.js";
import type { ColumnReader } from "./column-reader.js";
import { listReader } from "./list-reader.js";
import { copyBooleans, copyIntegers, floatReader, widenUnsigned, wholeReader } from "./number-reader.js";
import { textReader } from "./text-reader.js";
import { daysToMs, microsecondsToMs, nanosecondsToMs, secondsToMs } from "./time.js";

/** How a column of a query becomes a column of frames. */
export interface ColumnLayout {
  readonly field: Field;
  /** The SQL that yields it; the bare name where DuckDB's type is read as it is. */
  readonly select: string;
  /** For batches of at most `capacity` rows. */
  reader(capacity: number): ColumnReader;
}

/** `listLength`: the length of the column's lists, where its type is a LIST. Throws SOURCE_TYPE, with the CAST to write. */
export function columnLayout(name: string, type: DuckDBType, listLength: (name: string) => number): ColumnLayout {
  const plain = quoteName(name);
  const layout = (dtype: Field["dtype"], reader: ColumnLayout["reader"], select = plain): ColumnLayout => ({ field: field(name, dtype), select, reader });
  if (type.toString().endsWith("]")) return vectorLayout(name, type as DuckDBListType | DuckDBArrayType, listLength);
  switch (bareType(type)) {
    case "BOOLEAN":
      return layout("bool", (capacity) => wholeReader("bool", name, capacity, copyBooleans));
    case "TINYINT":
    case "SMALLINT":
    case "INTEGER":
    case "UTINYINT":
    case "USMALLINT":
      return layout("int32", (capacity) => wholeReader("int32", name, capacity, copyIntegers));
    case "UINTEGER":
      return layout("int64", (capacity) => wholeReader("int64", name, capacity, widenUnsigned));
    case "BIGINT":
    case "UBIGINT":
      return layout("int64", (capacity) => wholeReader("int64", name, capacity, copyIntegers));
    case "FLOAT":
      return layout("float32", (capacity) => floatReader("float32", capacity));
    case "DOUBLE":
      return layout("float64", (capacity) => floatReader("float64", capacity));
    case "DECIMAL":
      return layout("float64", (capacity) => floatReader("float64", capacity), `CAST(${plain} AS DOUBLE)`);
    case "DATE":
      return layout("timestamp", (capacity) => wholeReader("timestamp", name, capacity, daysToMs));
    case "TIMESTAMP":
    case "TIMESTAMP WITH TIME ZONE":
      return layout("timestamp", (capacity) => wholeReader("timestamp", name, capacity, microsecondsToMs));
    case "TIMESTAMP_S":
      return layout("timestamp", (capacity) => wholeReader("timestamp", name, capacity, secondsToMs));
    case "TIMESTAMP_MS":
      return layout("timestamp", (capacity) => wholeReader("timestamp", name, capacity, copyIntegers));
    case "TIMESTAMP_NS":
      return layout("timestamp", (capacity) => wholeReader("timestamp", name, capacity, nanosecondsToMs));
    case "VARCHAR":
    case "JSON":
      return layout("string", (capacity) => textReader(name, capacity));
    case "ENUM":
    case "UUID":
      return layout("string", (capacity) => textReader(name, capacity), `CAST(${plain} AS VARCHAR)`);
    case "BLOB":
      return layout("bytes", () => bytesReader());
    default:
      throw unsupported(name, type);
  }
}

/** Lists and arrays of numbers: float32 where DuckDB's are, else float64. */
function vectorLayout(name: string, type: DuckDBListType | DuckDBArrayType, listLength: (name: string) => number): ColumnLayout {
  const inner = bareType(type.valueType);
  if (!NUMBERS.has(inner)) throw unsupported(name, type);
  const dtype = inner === "FLOAT" ? "float32" : "float64";
  const width = "length" in type ? type.length : listLength(name);
  const suffix = "length" in type ? `[${width}]` : "[]";
  const select = inner === "FLOAT" || inner === "DOUBLE" ? quoteName(name) : `CAST(${quoteName(name)} AS DOUBLE${suffix})`;
  return { field: field(name, dtype, { shape: [width] }), select, reader: (capacity) => listReader(dtype, name, width, capacity) };
}

/** `DECIMAL(10,2)` is DECIMAL; a list keeps its brackets. */
function bareType(type: DuckDBType): string {
  const text = type.toString();
  return text.endsWith("]") ? text : text.replace(/\(.*$/s, "");
}

const NUMBERS = new Set(["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL"]);

/** What to write instead of a type that no column of a model has. */
const CASTS: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^U?HUGEINT|^BIGNUM/, (name) => `CAST(${name} AS DOUBLE) for a number, CAST(${name} AS VARCHAR) for an id`],
  [/^STRUCT/, (name) => `the members you need, for example ${name}.member AS member`],
  [/^MAP/, (name) => `the entries you need, for example ${name}['key'] AS key`],
  [/^INTERVAL/, (name) => `epoch(${name}) for its seconds`],
  [/^TIME/, (name) => `date_part('epoch', ${name}) for its seconds, CAST(${name} AS VARCHAR) for its text`],
  [/\]$/, (name) => `array_to_string(${name}, ' ') for a text, len(${name}) for a number`],
  [/./, (name) => `CAST(${name} AS VARCHAR)`],
];

function unsupported(name: string, type: DuckDBType): MillraceError {
  const text = type.toString();
  const [, cast] = CASTS.find(([pattern]) => pattern.test(text))!;
  return new MillraceError({
    code: "SOURCE_TYPE",
    message: `Column "${name}" has DuckDB's type ${text.length > 80 ? `${text.slice(0, 80)}...` : text}, which no column of a model has.`,
    mend: `In SQL (source "sql") write ${cast(quoteName(name))}, or leave the column out.`,
    facts: { column: name, type: text },
  });
}
