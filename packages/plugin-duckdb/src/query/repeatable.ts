import { type Json, MillraceError } from "@millrace/core/plugin";
import type { Database } from "../database/open.js";
import { quoteText } from "../database/quote.js";

/** Functions that give something else each time, and names that DuckDB takes for such functions. */
const CLOCKS = new Set(["now", "today", "current_date", "current_time", "current_timestamp", "get_current_time", "get_current_timestamp", "localtime", "localtimestamp", "transaction_timestamp"]);
/** Those that need no parentheses. */
const BARE_CLOCKS = new Set(["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"]);
const CHANCE = new Set(["random", "setseed", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "txid_current", "current_connection_id", "current_query_id", "current_transaction_id"]);

/** Throws SOURCE_UNREPEATABLE where a query would give other rows tomorrow from the same files. */
export async function refuseUnrepeatable(database: Database, query: string): Promise<void> {
  const result = await database.connection.runAndReadAll(`SELECT json_serialize_sql(${quoteText(query)})`);
  const found = unrepeatable(JSON.parse(String(result.getRows()[0]![0])) as Json);
  if (found === null) return;
  throw new MillraceError({
    code: "SOURCE_UNREPEATABLE",
    message: `The query uses ${found}: the same files would give other rows each time, and nothing made of them could be reused or repeated.`,
    mend: CLOCKS.has(found.replace("()", "")) ? "Write the time out, for example TIMESTAMP '2024-01-01', or read it from the data." : "Choose rows by the data, for example hash(id) % 10 = 0; a sample needs a seed: REPEATABLE (1).",
  });
}

/** The first such use in a parsed query; null where there is none. */
function unrepeatable(node: Json): string | null {
  if (typeof node !== "object" || node === null) return null;
  if (!Array.isArray(node)) {
    const own = ownUse(node as Readonly<Record<string, Json>>);
    if (own !== null) return own;
  }
  for (const child of Object.values(node)) {
    const found = unrepeatable(child as Json);
    if (found !== null) return found;
  }
  return null;
}

function ownUse(node: Readonly<Record<string, Json>>): string | null {
  if (node["class"] === "FUNCTION") {
    const name = String(node["function_name"]).toLowerCase();
    if (CLOCKS.has(name) || CHANCE.has(name)) return `${name}()`;
    // With one argument, age counts from today.
    return name === "age" && (node["children"] as readonly Json[]).length === 1 ? "age() without a second time" : null;
  }
  if (node["class"] === "COLUMN_REF") {
    const names = node["column_names"] as readonly string[];
    const name = names[0]!.toLowerCase();
    return names.length === 1 && BARE_CLOCKS.has(name) ? name : null;
  }
  return "sample_size" in node && node["seed"] === -1 ? "a sample without a seed" : null;
}
