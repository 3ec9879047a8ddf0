import type { DuckDBAppender, DuckDBDataChunk, DuckDBType, DuckDBVector } from "@duckdb/node-api";
import { type Batches, type Column, type Field, type Frame, isMissing, valueAt, widthOf } from "@millrace/core";
import { loadDuckDB } from "../database/duckdb.js";
import { type Database, type DatabaseContext, openDatabase } from "../database/open.js";
import { quoteName, quoteText } from "../database/quote.js";
import { rawVector } from "../reading/raw-vector.js";
import { checkSameFields } from "./same-fields.js";

const CHUNK_ROWS = 2048;

/** Gathers the batches in a table of DuckDB (which spills to disk beyond its memory), then writes one file. False where there was no batch. */
export async function writeParquet(path: string, batches: Batches, compression: string, context: DatabaseContext, signal: AbortSignal): Promise<boolean> {
  const database = await openDatabase(context, [path], signal);
  try {
    let table: Table | null = null;
    for await (const batch of batches) {
      table ??= await createTable(database, batch.fields);
      checkSameFields(table.fields, batch.fields);
      appendBatch(table, batch);
    }
    if (table === null) return false;
    table.appender.closeSync();
    const columns = table.fields.map((field, index) => `${outOf(field, `c${index}`)} AS ${quoteName(field.name)}`);
    await database.connection.run(
      `COPY (SELECT ${columns.join(", ")} FROM rows) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION ${compression === "none" ? "uncompressed" : compression}, USE_TMP_FILE false)`,
    );
    return true;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    database.close();
  }
}

interface Table {
  readonly fields: readonly Field[];
  readonly appender: DuckDBAppender;
  readonly chunk: DuckDBDataChunk;
}

/** Columns are called c0, c1, ..., so that two names which differ by case alone do not meet in DuckDB. */
async function createTable(database: Database, fields: readonly Field[]): Promise<Table> {
  const { DuckDBDataChunk } = await loadDuckDB();
  await database.connection.run(`CREATE TABLE rows (${fields.map((field, index) => `c${index} ${sqlType(field)}`).join(", ")})`);
  const appender = await database.connection.createAppender("rows");
  const types: DuckDBType[] = fields.map((_, index) => appender.columnType(index));
  return { fields, appender, chunk: DuckDBDataChunk.create(types) };
}

function appendBatch({ fields, appender, chunk }: Table, batch: Frame): void {
  for (let from = 0; from < batch.length; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, batch.length - from);
    chunk.reset();
    chunk.rowCount = count;
    fields.forEach((field, index) => writeVector(chunk.getColumnVector(index), batch.column(field.name), field, from, count));
    appender.appendDataChunk(chunk);
  }
}

function writeVector(vector: DuckDBVector, column: Column, field: Field, from: number, count: number): void {
  const isScalar = field.shape === null || field.shape.length === 0;
  const width = widthOf(field);
  if (column.dtype === "string") for (let row = 0; row < count; row++) vector.setItem(row, column.dictionary[column.codes[from + row]!]!);
  else if (column.dtype === "sparse") for (let row = 0; row < count; row++) vector.setItem(row, JSON.stringify(valueAt(column, from + row)));
  else if (column.dtype === "bytes") for (let row = 0; row < count; row++) vector.setItem(row, isMissing(column, from + row) ? null : { bytes: column.values[from + row]! });
  else {
    const { items } = isScalar ? rawVector(vector) : rawVector(rawVector(vector).childData);
    items.set(column.values.subarray(from * width, (from + count) * width) as never);
    for (let row = 0; row < count; row++) if ("validity" in column && isMissing(column, from + row)) vector.setItem(row, null);
  }
  vector.flush();
}

/** How a column lies in DuckDB's table; booleans and times as numbers, because that is how they are copied in. */
function sqlType(field: Field): string {
  const type = { float32: "FLOAT", float64: "DOUBLE", int32: "INTEGER", int64: "BIGINT", uint8: "UTINYINT", bool: "UTINYINT", timestamp: "BIGINT", string: "VARCHAR", sparse: "VARCHAR", bytes: "BLOB" }[field.dtype];
  return field.dtype !== "sparse" && field.shape !== null && field.shape.length > 0 ? `${type}[${widthOf(field)}]` : type;
}

/** How it comes out of there. */
function outOf(field: Field, column: string): string {
  if (field.shape !== null && field.shape.length > 0) return column;
  switch (field.dtype) {
    case "float32":
    case "float64":
      return `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`;
    case "string":
      return `nullif(${column}, '')`;
    case "bool":
      return `CAST(${column} AS BOOLEAN)`;
    case "timestamp":
      return `make_timestamp(${column} * 1000)`;
    default:
      return column;
  }
}
