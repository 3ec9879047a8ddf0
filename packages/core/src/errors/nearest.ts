import { closest, distance } from "fastest-levenshtein";

/** The candidate nearest to a mistyped name, or null where none is near enough to be meant: at most 40 % of the letters of the longer name differ (in a short name one), and never all. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const all = [...candidates];
  if (all.length === 0) return null;
  const lower = new Map(all.map((candidate) => [candidate.toLowerCase(), candidate]));
  const found = closest(name.toLowerCase(), [...lower.keys()]);
  const letters = Math.max(name.length, found.length);
  const differing = distance(name.toLowerCase(), found);
  return differing <= Math.max(1, Math.floor(0.4 * letters)) && differing < letters ? lower.get(found)! : null;
}

/** `Did you mean "x"?` where a near name exists, else the names allowed. */
export function suggest(name: string, candidates: Iterable<string>): string {
  const all = [...candidates];
  const near = nearest(name, all);
  if (near !== null) return `Did you mean "${near}"?`;
  return all.length === 0 ? "None is available." : `Use one of: ${all.slice(0, 30).join(", ")}${all.length > 30 ? ", ..." : ""}.`;
}
