export interface SqlToken {
  /** `space`: white space and comments; `parameter`: `:asOf`, `:keys`, `$asOf`, `$keys`. */
  readonly kind: "space" | "parameter" | "other";
  readonly text: string;
}

/** White space and comments | texts and names in quotes | dollar-quoted texts | casts | parameters | words | all else, a character each. */
const TOKEN =
  /(?<space>\s+|--[^\n]*)|(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<dollar>\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\k<dollar>)|::|(?<parameter>[:$](?:asOf|keys)\b)|\w+|[\s\S]/y;

/** Cuts a query so that its texts, names and comments are never taken for anything else. The tokens join to the query. */
export function sqlTokens(query: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < query.length; ) {
    const comment = query.startsWith("/*", at) ? blockComment(query, at) : null;
    if (comment !== null) {
      tokens.push({ kind: "space", text: comment });
      at += comment.length;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(query)!;
    tokens.push({ kind: match.groups?.["space"] !== undefined ? "space" : match.groups?.["parameter"] !== undefined ? "parameter" : "other", text: match[0] });
    at += match[0].length;
  }
  return tokens;
}

/** Block comments nest. */
function blockComment(query: string, start: number): string {
  let depth = 0;
  for (let at = start; at < query.length; at++) {
    if (query.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (query.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return query.slice(start, at + 1);
    }
  }
  return query.slice(start);
}
