import { MillraceError, suggest } from "@millrace/core";
import type { TreeColumn } from "../bins/columns.js";
import type { GradientBoostingOptions } from "../gradient-boosting.options.js";
import type { Growth } from "../grow/growth.js";

/** By column 1, -1 or 0; null where nothing is constrained. Throws TREES_CONSTRAINT. */
export function monotoneOf(columns: readonly TreeColumn[], monotone: GradientBoostingOptions["monotone"]): Growth["monotone"] {
  const names = Object.keys(monotone);
  if (names.length === 0) return null;
  checkNames(columns, names, "monotone");
  const coded = columns.find(({ feature, categories }) => categories !== null && Object.hasOwn(monotone, feature));
  if (coded !== undefined) throw constraintError(`\`monotone\` names "${coded.feature}", whose categories have no order.`, `Take "${coded.feature}" out of \`monotone\`.`);
  return Int8Array.from(columns, ({ feature }) => (monotone[feature] === "increasing" ? 1 : monotone[feature] === "decreasing" ? -1 : 0));
}

/** Groups of columns; features of no group are a group each. Throws TREES_CONSTRAINT. */
export function interactionsOf(columns: readonly TreeColumn[], interactions: GradientBoostingOptions["interactions"]): Growth["interactions"] {
  if (interactions === null) return null;
  checkNames(columns, interactions.flat(), "interactions");
  const named = new Set(interactions.flat());
  const places = new Map<string, number[]>(columns.map(({ feature }) => [feature, []]));
  columns.forEach(({ feature }, index) => places.get(feature)!.push(index));
  const alone = [...places.keys()].filter((feature) => !named.has(feature)).map((feature) => [feature]);
  return [...interactions, ...alone].map((group) => new Set(group.flatMap((feature) => places.get(feature)!)));
}

function checkNames(columns: readonly TreeColumn[], names: readonly string[], option: string): void {
  const features = new Set(columns.map(({ feature }) => feature));
  const unknown = names.find((name) => !features.has(name));
  if (unknown !== undefined) throw constraintError(`\`${option}\` names the feature "${unknown}", which the trainer does not get.`, suggest(unknown, [...features]));
}

function constraintError(message: string, mend: string): MillraceError {
  return new MillraceError({ code: "TREES_CONSTRAINT", message, mend });
}
