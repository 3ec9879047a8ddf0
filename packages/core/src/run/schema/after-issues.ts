import type { Field } from "../../contracts/frame.js";
import type { ResolvedModel } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { unknownName, type IssueSpec } from "../../config/issue.js";
import { predictionField } from "../../graph/lower.js";
import { checkAfter, placeOf, promisedBehind } from "../model/place-after.js";
import type { PlacedUse } from "./feature-issues.js";
import { columnOf, thrownIssue } from "./thrown-issue.js";

/** Mistakes of `after`: names that nothing behind the model gives, types that a transform cannot take, transforms of the target where it is a class, and nothing to learn from. */
export function afterIssues(after: readonly PlacedUse[], problem: Problem, split: ResolvedModel["split"]): readonly IssueSpec[] {
  const main = predictionField(problem);
  const known = new Map<string, Field>([[main.name, main]]);
  const issues: IssueSpec[] = [];
  for (const [index, { use, transform, plugin }] of after.entries()) {
    const place = placeOf(use, problem);
    if (split.with["validation"] === 0 && transform.learnsFrom !== "target-only") issues.push({ path: ["after", index], message: "learns from validation rows, and split.with.validation is 0.", mend: "Give the split a validation share.", plugin });
    const unknown = place.from.filter((name) => !known.has(name) && transform.learnsFrom !== "target-only");
    issues.push(...unknown.map((name) => unknownName(["after", index, "from", use.from.indexOf(name)], `is nothing that stands behind the model: "${name}"`, name, [...known.keys()], "`after` reads what the model predicts, and what stands before it in the list.")));
    if (unknown.length > 0) continue;
    try {
      if (transform.learnsFrom === "target-only") checkAfter([{ transform, place: use }], problem);
      else for (const { own, name } of promisedBehind(transform, place, place.from.map((name) => ({ ...known.get(name)!, name })), problem)) known.set(name, { ...own, name });
    } catch (error) {
      const at = use.from.indexOf(columnOf(error) ?? "");
      const path = MillraceError.is(error, "AFTER_NAME") && use.as !== null ? ["after", index, "as"] : at < 0 ? ["after", index] : ["after", index, "from", at];
      issues.push(thrownIssue(error, path, plugin));
    }
  }
  return issues;
}
