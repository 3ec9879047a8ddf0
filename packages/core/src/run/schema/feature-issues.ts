import type { Field } from "../../contracts/frame.js";
import type { Columns, TransformUse } from "../../contracts/resolved.js";
import type { Transform } from "../../contracts/transform.js";
import { unknownName, type IssueSpec } from "../../config/issue.js";
import type { Path } from "../../config/path.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { nearest } from "../../errors/nearest.js";
import { isFeatureColumn, restOf } from "../features/rest.js";
import { placeTransform, rawSlots, type Slot } from "../features/scope.js";
import { columnOf, placeOfText, thrownIssue } from "./thrown-issue.js";

/** A transform in its place, and the plugin that brings it. */
export interface PlacedUse {
  readonly use: TransformUse;
  readonly transform: Transform;
  readonly plugin: string;
}

/** The same where its options may be wrong, of which others tell: then it is not known what it makes. */
export type PlacedHole = Omit<PlacedUse, "transform"> & { readonly transform: Transform | null };

/** Mistakes of `features`: names that are in nobody's reach, types that a transform cannot take, and nothing at all for the trainer. `isWhole`: nothing of them was left out for its shape. */
export function featureIssues(fields: readonly Field[], features: readonly PlacedHole[], columns: Columns, isWhole = true): readonly IssueSpec[] {
  const slots = new Map(rawSlots(fields));
  const issues: IssueSpec[] = [];
  // What a transform that failed would have given is not known, so that a later name may be right.
  let isWholeKnown = isWhole;
  const holes: TransformUse[] = [];
  for (const [index, { use, transform, plugin }] of features.entries()) {
    const { from, unknown } = resolved(use.from, slots, index, isWholeKnown, holes);
    if (transform === null) holes.push(use);
    const refused = from === null || transform === null ? [] : refusals(slots, { ...use, from }, transform, index);
    if (from === null || transform === null || refused.length > 0) isWholeKnown = false;
    issues.push(...unknown, ...refused.flatMap((error) => refusedIssue(error, use, index, plugin, unknown.length > 0)));
  }
  if (!isWhole) return issues;
  return [...issues, ...restIssues(fields, features, columns), ...(issues.length === 0 && holes.length === 0 ? noneIssue(fields, features, slots, columns) : [])];
}

/** The columns that a transform reads, names that are near to one taken for it; `from` null: some cannot be told. */
function resolved(names: readonly string[], slots: ReadonlyMap<string, Slot>, index: number, isWholeKnown: boolean, holes: readonly TransformUse[]): { readonly from: readonly string[] | null; readonly unknown: readonly IssueSpec[] } {
  const near = names.map((name) => (slots.has(name) ? name : nearest(name, slots.keys())));
  const unknown = names.flatMap((name, at) => {
    if (slots.has(name) || (near[at] === null && !isWholeKnown) || holes.some((hole) => mayMake(hole, name))) return [];
    return [{ ...unknownName(["features", index, "from", at], `is neither a column nor an earlier feature: "${name}"`, name, [...slots.keys()], "Mend the name, or add the column in the source."), about: name }];
  });
  return { from: near.every((name) => name !== null) ? near : null, unknown };
}

/** What a transform makes has the name that `as` gives, or begins with that of a column that it takes. */
function mayMake({ as, from }: TransformUse, name: string): boolean {
  return name === as || from.some((column) => name.startsWith(column));
}

/** A transform throws for the first column that it cannot take; without that one it throws for the next. What it promises of the others is in scope from then on. */
function refusals(slots: Map<string, Slot>, use: TransformUse, transform: Transform, index: number): readonly unknown[] {
  try {
    placeTransform(slots, use, transform, index, "features");
    return [];
  } catch (error) {
    const column = columnOf(error);
    const others = use.from.filter((name) => name !== column);
    if (others.length === use.from.length || others.length === 0) return [error];
    // Without a column the others may be too few, which nobody wrote.
    return [error, ...refusals(slots, { ...use, from: others }, transform, index).filter((next) => columnOf(next) !== null)];
  }
}

/** None for a name that was guessed: it may have the wrong type for another reason. */
function refusedIssue(error: unknown, { use, from, as }: TransformUse, index: number, plugin: string, isGuessed: boolean): readonly IssueSpec[] {
  const column = columnOf(error);
  const at = from.indexOf(column ?? "");
  if (at < 0 && isGuessed) return [];
  const issue = thrownIssue(error, at < 0 ? placeOfName(error, use, as, index) : ["features", index, "from", at], plugin);
  return [column === null ? issue : { ...issue, about: column }];
}

/** Where a name is given that is taken. */
function placeOfName(error: unknown, { with: options }: TransformUse["use"], as: string | null, index: number): Path {
  const name = MillraceError.is(error, "FEATURE_NAME") ? (error.facts["name"] as string) : null;
  return name !== null && name === as ? ["features", index, "as"] : placeOfText(options, name, ["features", index]);
}

function restIssues(fields: readonly Field[], features: readonly PlacedHole[], columns: Columns): readonly IssueSpec[] {
  const read = new Set(features.flatMap(({ use }) => use.from));
  try {
    restOf(fields, read, columns);
    return [];
  } catch (error) {
    const { message, mend } = thrownIssue(error, [], "");
    return [{ path: ["columns", "rest"], message: `is "error": ${message[0]!.toLowerCase()}${message.slice(1)}`, found: "error", mend }];
  }
}

function noneIssue(fields: readonly Field[], features: readonly PlacedHole[], slots: ReadonlyMap<string, Slot>, columns: Columns): readonly IssueSpec[] {
  const { transforms } = restOf(fields, new Set(features.flatMap(({ use }) => use.from)), { ...columns, rest: columns.rest === "error" ? "drop" : columns.rest });
  const made = [...slots.values()].some(({ level, field }) => level > 0 && field.dtype !== "string");
  if (made || transforms.length > 0) return [];
  const candidates = fields.filter(({ name }) => isFeatureColumn(name, columns)).map(({ name }) => name);
  return [{ path: ["features"], message: "leave nothing for the trainer to learn from.", allowed: candidates, mend: 'Add some under `features`, or set columns.rest to "use".' }];
}
