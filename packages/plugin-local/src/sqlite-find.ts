import { MillraceError, type Entity, type Query } from "@millrace/core/plugin";
import { memberSql } from "./sqlite-schema.js";

type Member = string | number | boolean | null;

const TYPES = { string: "('text')", number: "('integer', 'real')" } as const;

/** The SELECT of a query, its literals as parameters. Throws STORE_QUERY. */
export function findSql(entity: Entity, query: Query<Record<string, Member>>): { readonly text: string; readonly values: readonly (string | number)[] } {
  const terms = [`entity = '${entity}'`, "value is not null"];
  const values: (string | number)[] = [];
  const compare = (member: string, operator: string, value: string | number): void => {
    terms.push(`${column(member)} ${operator} ?`, `json_type(value, '$.${member}') in ${TYPES[typeof value as "string" | "number"]}`);
    values.push(value);
  };
  for (const [member, value] of Object.entries(query.where ?? {})) {
    if (value === undefined) continue;
    if (value === null) terms.push(`${column(member)} is null`);
    else if (typeof value === "boolean") terms.push(`${column(member)} = ${Number(value)}`, `json_type(value, '$.${member}') = '${value}'`);
    else compare(member, "=", value);
  }
  const { range, order } = query;
  if (range?.from !== undefined) compare(range.member, ">=", range.from);
  if (range?.to !== undefined) compare(range.member, "<=", range.to);
  const sorted = order === undefined ? "id" : `${column(order.member)} ${order.direction === "descending" ? "desc" : "asc"}, id`;
  values.push(whole(query.limit ?? 1_000, "limit"), whole(query.offset ?? 0, "offset"));
  return { text: `select id, revision, value from record where ${terms.join(" and ")} order by ${sorted} limit ? offset ?`, values };
}

/** Names become SQL: letters and digits only. */
function column(member: string): string {
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(member)) return memberSql(member);
  throw new MillraceError({ code: "STORE_QUERY", message: `"${member}" is no member that a query can name.`, mend: "Name a top-level member of the record: letters and digits only." });
}

function whole(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new MillraceError({ code: "STORE_QUERY", message: `The ${what} of a query is ${value}.`, mend: `Give a whole number from 0 as ${what}.` });
}
