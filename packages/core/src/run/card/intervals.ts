import type { Evaluation } from "../evaluate/evaluation.js";

/** What the intervals of an evaluation are, in a sentence or two. `confidence` is a share. */
export function intervalsText({ parts, metrics }: Evaluation, confidence: number): string {
  const grouped = metrics.filter(({ name }) => Object.values(parts).some((scores) => scores.metrics[name]?.degreesOfFreedom !== undefined)).map(({ name }) => name);
  const share = `${confidence * 100} %`;
  const how = "errors are estimated by leaving out groups of rows in turn (delete-a-group jackknife).";
  if (grouped.length === 0) return `With normal intervals of ${share}.`;
  if (grouped.length === metrics.length) return `With intervals of ${share} by Student's t; ${how}`;
  return `With normal intervals of ${share}; those of ${grouped.join(", ")} are by Student's t, whose ${how}`;
}
