import type { Evaluation, JudgedBy } from "./evaluation.js";

export interface CrossValidated extends JudgedBy {
  /** One value per part; null where it is undefined on the part's rows. */
  readonly values: readonly (number | null)[];
  /** Of the parts that have a value; null where none has. */
  readonly mean: number | null;
  /**
   * Standard deviation over the parts / sqrt(parts); null for fewer than two. Training rows are shared among parts, so that it is too small
   * rather than too large (Bengio and Grandvalet 2004).
   */
  readonly standardError: number | null;
  /** One less than the parts that have a value, where there is an error: intervals are by Student's t. */
  readonly degreesOfFreedom?: number;
}

export interface CrossValidation {
  readonly parts: number;
  readonly metrics: readonly CrossValidated[];
}

/** What the parts' evaluations say together, on the rows that each left out. */
export function summarize(evaluations: readonly Evaluation[]): CrossValidation {
  const metrics = evaluations[0]!.metrics.map((metric): CrossValidated => {
    const values = evaluations.map(({ parts }) => parts.test?.metrics[metric.name]?.value ?? null);
    const known = values.filter((value) => value !== null);
    const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    const squares = mean === null ? 0 : known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    if (known.length < 2) return { ...metric, values, mean, standardError: null };
    return { ...metric, values, mean, standardError: Math.sqrt(squares / (known.length - 1) / known.length), degreesOfFreedom: known.length - 1 };
  });
  return { parts: evaluations.length, metrics };
}
