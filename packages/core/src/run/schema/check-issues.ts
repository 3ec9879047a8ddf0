import type { Check } from "../../contracts/check.js";
import type { Field } from "../../contracts/frame.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { IssueSpec } from "../../config/issue.js";
import { field } from "../../frame/frame.js";
import { unknownColumn } from "./named-columns.js";
import { columnOf, placeOfText, thrownIssue } from "./thrown-issue.js";

/** A check in its place, and the plugin that brings it. */
export interface PlacedCheck {
  readonly use: Use<"check">;
  /** Null where its options are wrong, of which others tell. */
  readonly check: Check | null;
  readonly plugin: string;
}

/** Columns that a check names and that are not there, or that it cannot look at. */
export function checkIssues(fields: readonly Field[], checks: readonly PlacedCheck[], { columns }: ResolvedModel): readonly IssueSpec[] {
  const roles = [columns.target, columns.weight, columns.key, columns.group, ...columns.ignore];
  const candidates = fields.map(({ name }) => name).filter((name) => !roles.includes(name));
  return checks.flatMap(({ use, check, plugin }, index) =>
    (check === null ? [] : complaints(check, fields, candidates)).map((error) => {
      const column = columnOf(error);
      const path = placeOfText(use.with, column, ["check", index]);
      return column === null || isAmong(fields, column) ? thrownIssue(error, path, plugin) : unknownColumn(path, column, fields);
    }),
  );
}

/** A check throws for the first column that is wrong; with a number in the place of that one it throws for the next. */
function complaints(check: Check, known: readonly Field[], candidates: readonly string[], mended: readonly string[] = []): readonly unknown[] {
  try {
    check.fold(known, candidates);
    return [];
  } catch (error) {
    const column = columnOf(error);
    if (column === null) return [error];
    // The type of a column that was made up says nothing.
    if (mended.includes(column)) return [];
    const others = known.filter(({ name }) => name !== column);
    return [error, ...complaints(check, [...others, field(column, "float64")], candidates, [...mended, column])];
  }
}

function isAmong(fields: readonly Field[], column: string): boolean {
  return fields.some(({ name }) => name === column);
}
