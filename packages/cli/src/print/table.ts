import { styled, widthOf } from "./style.js";

export interface ColumnSpec {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Rows under titles, columns two blanks apart; nothing for no rows. */
export function table(columns: readonly ColumnSpec[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const widths = columns.map(({ title }, index) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ""))));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? "";
        const padding = " ".repeat(widths[index]! - widthOf(cell));
        return align === "right" ? padding + cell : cell + padding;
      })
      .join("  ")
      .trimEnd();
  const titles = columns.map(({ title }) => styled("bold", title));
  return `${[line(titles), ...rows.map(line)].join("\n")}\n`;
}
