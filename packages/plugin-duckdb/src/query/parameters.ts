import { type Json, MillraceError } from "@millrace/core/plugin";
import { quoteText } from "../database/quote.js";
import { sqlTokens } from "./tokens.js";

export type ParameterName = "asOf" | "keys";

/** A query with its parameters found. */
export interface ParsedQuery {
  /** Without the semicolon at its end. */
  readonly text: string;
  readonly parameters: ReadonlySet<ParameterName>;
  /** The query with values in place of `:asOf` and `:keys`, as literals, so that DuckDB knows their types. */
  bind(asOf: Date | null, keys: readonly Json[] | null): string;
}

/** Finds `:asOf` and `:keys` (or `$asOf`, `$keys`) outside of texts, names and comments. */
export function parseQuery(query: string): ParsedQuery {
  const tokens = sqlTokens(query);
  while (tokens.length > 0 && (tokens.at(-1)!.kind === "space" || tokens.at(-1)!.text === ";")) tokens.pop();
  const parameters = new Set<ParameterName>();
  for (const token of tokens) if (token.kind === "parameter") parameters.add(token.text.slice(1) as ParameterName);
  return {
    text: tokens.map(({ text }) => text).join(""),
    parameters,
    bind: (asOf, keys) => tokens.map(({ kind, text }) => (kind !== "parameter" ? text : text.slice(1) === "asOf" ? timeLiteral(asOf) : keysLiteral(keys))).join(""),
  };
}

function timeLiteral(time: Date | null): string {
  return time === null ? "CAST(NULL AS TIMESTAMP)" : `TIMESTAMP '${time.toISOString().replace("T", " ").replace("Z", "")}'`;
}

/** A bare NULL, not a typed one: it then compares with keys of any type. */
function keysLiteral(keys: readonly Json[] | null): string {
  return keys === null ? "NULL" : `[${keys.map(keyLiteral).join(", ")}]`;
}

function keyLiteral(key: Json): string {
  if (typeof key === "string") return quoteText(key);
  if (typeof key === "number" && Number.isFinite(key)) return String(key);
  if (typeof key === "boolean") return String(key);
  throw new MillraceError({
    code: "SOURCE_PARAMETER",
    message: `A key is ${JSON.stringify(key)}; keys are texts, numbers or booleans.`,
    mend: "Give the values of the key column, one per row wanted.",
  });
}

/** Refuses values that the query would ignore, and a query that would run without its time. */
export function checkParameters(parsed: ReadonlySet<ParameterName>, asOf: Date | null, keys: readonly Json[] | null): void {
  if (keys !== null && !parsed.has("keys")) throw ignored("keys", "where :keys is null or customer_id = any(:keys)");
  if (asOf !== null && !parsed.has("asOf")) throw ignored("asOf", "where created_at < :asOf");
  if (asOf === null && parsed.has("asOf"))
    throw new MillraceError({ code: "SOURCE_PARAMETER", message: "The query reads :asOf, and no time was given.", mend: "Give the time for which the rows are wanted, or take :asOf out of the query." });
}

function ignored(name: ParameterName, example: string): MillraceError {
  return new MillraceError({
    code: "SOURCE_PARAMETER",
    message: `Rows are wanted for given ${name === "keys" ? "keys" : "times"}, but the source does not read :${name}: it would give all its rows.`,
    mend: `Use the source "sql" with :${name} in its query, for example: ${example}.`,
    facts: { parameter: name },
  });
}
