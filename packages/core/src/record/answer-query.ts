import type { Query, Stored } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";
import { compareText } from "../frame/text-order.js";

type Row = Stored<unknown>;
type Member = string | number | boolean | null;

/** What `find` means, over records in memory: for stores that have no query language of their own. Throws STORE_QUERY. */
export function answerQuery<T>(rows: readonly Stored<T>[], query: Query<T>): readonly Stored<T>[] {
  const { where = {}, range, order } = query as Query<Record<string, Member>>;
  const limit = whole(query.limit ?? 1_000, "limit");
  const offset = whole(query.offset ?? 0, "offset");
  const equal = Object.entries(where).filter(([, value]) => value !== undefined);
  for (const name of [...equal.map(([name]) => name), range?.member, order?.member]) if (name !== undefined) checkMember(name);
  const sign = order?.direction === "descending" ? -1 : 1;
  return rows
    .filter((row) => equal.every(([name, value]) => member(row, name) === value) && (range === undefined || isWithin(member(row, range.member), range.from, range.to)))
    .sort((a, b) => (order === undefined ? 0 : sign * compareMembers(member(a, order.member), member(b, order.member))) || compareText(a.id, b.id))
    .slice(offset, offset + limit);
}

function member(row: Row, name: string): Member {
  return (row.value as Record<string, Member>)[name] ?? null;
}

function isWithin(value: Member, from: string | number | undefined, to: string | number | undefined): boolean {
  return (from === undefined || (typeof value === typeof from && compareMembers(value, from) >= 0)) && (to === undefined || (typeof value === typeof to && compareMembers(value, to) <= 0));
}

function compareMembers(a: Member, b: Member): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0 || a === null || b === null) return rank;
  return typeof a === "string" ? compareText(a, b as string) : Number(a) - Number(b);
}

function rankOf(value: Member): number {
  if (value === null) return 0;
  return typeof value === "string" ? 2 : 1;
}

function checkMember(name: string): void {
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return;
  throw new MillraceError({ code: "STORE_QUERY", message: `"${name}" is no member that a query can name.`, mend: "Name a top-level member of the record: letters and digits only." });
}

function whole(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new MillraceError({ code: "STORE_QUERY", message: `The ${what} of a query is ${value}.`, mend: `Give a whole number from 0 as ${what}.` });
}
