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
  /** Extensions in `after` that change what metrics see, and that stand behind the registered model, not behind those of the parts. Left out where there are none. */
  readonly without?: readonly string[];
}

/** What a reader of the values must know, a sentence each. `shown`: the metrics that are told of; default: all. */
export function crossValidationRemarks({ parts, metrics, without = [] }: CrossValidation, shown: readonly JudgedBy[] = metrics): readonly string[] {
  const names = without.map((name) => `\`${name}\``);
  const behind = names.length === 0 ? [] : [`The models of the parts are judged without ${names.join(" and ")} of \`after\`, which change${names.length === 1 ? "s" : ""} what metrics see of the registered model.`];
  const undefinedSomewhere = metrics.flatMap(({ name, values }) => {
    const known = values.filter((value) => value !== null).length;
    if (known === 0 || known === parts || !shown.some((metric) => metric.name === name)) return [];
    return [`${name} has no value in ${parts - known} of the ${parts} parts: its mean is that of the other${known === 1 ? "" : ` ${known}`}.`];
  });
  return [...behind, ...undefinedSomewhere];
}

/** What the parts' evaluations say together, on the rows that each left out. `without`: see CrossValidation. */
export function summarize(evaluations: readonly Evaluation[], without: readonly string[] = []): CrossValidation {
  const metrics = evaluations[0]!.metrics.map((metric): CrossValidated => {
    const values = evaluations.map(({ parts }) => parts.test?.metrics[metric.name]?.value ?? null);
    const known = values.filter((value) => value !== null);
    const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    const squares = mean === null ? 0 : known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    if (known.length < 2) return { ...metric, values, mean, standardError: null };
    return { ...metric, values, mean, standardError: Math.sqrt(squares / (known.length - 1) / known.length), degreesOfFreedom: known.length - 1 };
  });
  return { parts: evaluations.length, metrics, ...(without.length === 0 ? {} : { without }) };
}
