import type { ResolvedModel } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { unknownName, type IssueSpec } from "../../config/issue.js";
import { nothingBehind, placeBehind } from "../model/check-after.js";
import { placeOf } from "../model/place-after.js";
import type { PlacedUse } from "./feature-issues.js";
import { columnOf, thrownIssue } from "./thrown-issue.js";

/** Mistakes of `after`: names that nothing behind the model gives or that are given twice, types that a transform cannot take, what stands in the wrong order or place, transforms of the target where it is a class, and nothing to learn from. */
export function afterIssues(after: readonly PlacedUse[], problem: Problem, split: ResolvedModel["split"]): readonly IssueSpec[] {
  const behind = nothingBehind(problem);
  const issues: IssueSpec[] = [];
  for (const [index, { use, transform, plugin }] of after.entries()) {
    if (split.with["validation"] === 0 && transform.learnsFrom !== "target-only") issues.push({ path: ["after", index], message: "learns from validation rows, and split.with.validation is 0.", mend: "Give the split a validation share.", plugin });
    const unknown = placeOf(use, problem).from.filter((name) => !behind.values.has(name) && transform.learnsFrom !== "target-only");
    issues.push(...unknown.map((name) => unknownName(["after", index, "from", use.from.indexOf(name)], `is nothing that stands behind the model: "${name}"`, name, [...behind.values.keys()], "`after` reads what the model predicts, and what stands before it in the list.")));
    if (unknown.length > 0) continue;
    try {
      placeBehind(behind, { transform, place: use }, index);
    } catch (error) {
      const at = use.from.indexOf(columnOf(error) ?? "");
      const isOfName = use.as !== null && nameOf(error) === use.as;
      issues.push(thrownIssue(error, isOfName ? ["after", index, "as"] : at < 0 ? ["after", index] : ["after", index, "from", at], plugin));
    }
  }
  return issues;
}

/** The result that an error of `after` speaks of. */
function nameOf(error: unknown): unknown {
  return MillraceError.is(error) && error.code.startsWith("AFTER_") ? error.facts["name"] : null;
}
