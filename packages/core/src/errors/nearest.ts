import { closest, distance } from "fastest-levenshtein";

/** The candidate nearest to a mistyped name, or null where none is near enough to be meant (more than 40 % of its letters differ). */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const all = [...candidates];
  if (all.length === 0) return null;
  const lower = new Map(all.map((candidate) => [candidate.toLowerCase(), candidate]));
  const found = closest(name.toLowerCase(), [...lower.keys()]);
  return distance(name.toLowerCase(), found) <= Math.max(2, Math.floor(0.4 * Math.max(name.length, found.length))) ? lower.get(found)! : null;
}

/** `Did you mean "x"?` where a near name exists, else the names allowed. */
export function suggest(name: string, candidates: Iterable<string>): string {
  const all = [...candidates];
  const near = nearest(name, all);
  if (near !== null) return `Did you mean "${near}"?`;
  return all.length === 0 ? "None is available." : `Use one of: ${all.slice(0, 30).join(", ")}${all.length > 30 ? ", ..." : ""}.`;
}
