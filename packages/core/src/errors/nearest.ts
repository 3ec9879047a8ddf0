import { closest, distance } from "fastest-levenshtein";

/** The candidate nearest to a mistyped name, or null where none is near enough to be meant: at most 40 % of the letters of the longer name differ (in a short name one), and never all; else the shortest that begins with it, if it has three letters. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const all = [...candidates];
  if (all.length === 0) return null;
  const lower = new Map(all.map((candidate) => [candidate.toLowerCase(), candidate]));
  const swapped = [...lower.keys()].find((candidate) => isSwapped(name.toLowerCase(), candidate));
  if (swapped !== undefined) return lower.get(swapped)!;
  const found = closest(name.toLowerCase(), [...lower.keys()]);
  const letters = Math.max(name.length, found.length);
  const differing = distance(name.toLowerCase(), found);
  return differing <= Math.max(1, Math.floor(0.4 * letters)) && differing < letters ? lower.get(found)! : begunBy(name.toLowerCase(), lower);
}

function begunBy(name: string, lower: ReadonlyMap<string, string>): string | null {
  const [shortest] = [...lower.keys()].filter((candidate) => name.length >= 3 && candidate.startsWith(name)).sort((left, right) => left.length - right.length);
  return shortest === undefined ? null : lower.get(shortest)!;
}

/** Two letters side by side in the wrong order are one slip, though two letters differ: "rnu" is meant as "run". */
function isSwapped(name: string, candidate: string): boolean {
  if (name.length !== candidate.length || name.length < 3) return false;
  const at = [...name].findIndex((letter, index) => letter !== candidate[index]);
  return at >= 0 && name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2) === candidate;
}

/** `Did you mean "x"?` where a near name exists, else the names allowed. */
export function suggest(name: string, candidates: Iterable<string>): string {
  const all = [...candidates];
  const near = nearest(name, all);
  if (near !== null) return `Did you mean "${near}"?`;
  return all.length === 0 ? "None is available." : `Use one of: ${all.slice(0, 30).join(", ")}${all.length > 30 ? ", ..." : ""}.`;
}
