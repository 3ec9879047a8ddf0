const START = "<!-- What follows is generated: npm run docs -->";

/** A page with its generated part, which is all that follows the mark, replaced. */
export function withGenerated(page, text) {
  const at = page.indexOf(START);
  if (at < 0) throw new Error(`The page has no line "${START}".`);
  return `${page.slice(0, at + START.length)}\n\n${text.trim()}\n`;
}

/** A table; columns that are empty in every row are left out. */
export function table(titles, rows) {
  const used = titles.map((_title, column) => rows.some((row) => row[column] !== ""));
  const line = (cells) => `| ${cells.filter((_cell, column) => used[column]).join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map((row) => line(row.map(escapeCell)))].join("\n");
}

export function code(text) {
  return text === "" ? "" : `\`${text}\``;
}

function escapeCell(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
