import { chiSquaredSf } from "./chi-squared.js";
import { domainError, requireSameLength, requireWeights } from "./domain.js";
import type { TestResult } from "./test-result.js";

export interface ContingencyResult extends TestResult {
  readonly degrees: number;
  /** Counts expected under independence. */
  readonly expected: readonly (readonly number[])[];
}

export interface ContingencyOptions {
  /** Yates' correction, for 2 x 2 tables only. Default false. */
  readonly correction?: boolean;
}

/** Pearson's test of independence. Every row and column needs a count above 0; throws STATISTICS_DOMAIN. */
export function chiSquaredContingency(table: readonly (readonly number[])[], options: ContingencyOptions = {}): ContingencyResult {
  return contingency(table, options, (observed, expected) => (observed - expected) ** 2 / expected);
}

/** The likelihood-ratio test of independence (G = 2 Σ O ln(O / E)). Throws STATISTICS_DOMAIN like the above. */
export function gTest(table: readonly (readonly number[])[], options: ContingencyOptions = {}): ContingencyResult {
  return contingency(table, options, (observed, expected) => (observed === 0 ? 0 : 2 * observed * Math.log(observed / expected)));
}

/** Pearson's test that counts follow the expected ones, whose sum must be the same. Throws STATISTICS_DOMAIN. */
export function chiSquaredGoodnessOfFit(observed: readonly number[], expected: readonly number[]): TestResult & { readonly degrees: number } {
  requireSameLength(observed, expected, "observed and expected");
  const total = requireWeights("observed", observed);
  const promised = requireWeights("expected", expected);
  if (Math.abs(total - promised) > 1e-8 * total) throw domainError(`The observed counts sum to ${total}, the expected to ${promised}.`, "Scale the expected counts to the observed sum.");
  if (expected.includes(0)) throw domainError("An expected count is 0.", "Join that bin with a neighbour.");
  const statistic = observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
  const degrees = observed.length - 1;
  return { statistic, degrees, pValue: degrees === 0 ? 1 : chiSquaredSf(statistic, degrees) };
}

function contingency(table: readonly (readonly number[])[], options: ContingencyOptions, term: (observed: number, expected: number) => number): ContingencyResult {
  const width = table[0]?.length ?? 0;
  for (const row of table) requireSameLength(table[0]!, row, "The rows of the table");
  const total = requireWeights("table", table.flat());
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = Array.from({ length: width }, (_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
  if (rows.includes(0) || columns.includes(0)) throw domainError("A row or a column of the table sums to 0.", "Leave out rows and columns without counts.");
  const expected = rows.map((row) => columns.map((column) => (row * column) / total));
  const degrees = (rows.length - 1) * (columns.length - 1);
  const shrink = options.correction === true && degrees === 1 ? 0.5 : 0;
  let statistic = 0;
  table.forEach((row, i) =>
    row.forEach((count, j) => {
      const difference = expected[i]![j]! - count;
      statistic += term(count + Math.sign(difference) * Math.min(shrink, Math.abs(difference)), expected[i]![j]!);
    }),
  );
  return { statistic, degrees, pValue: degrees === 0 ? 1 : chiSquaredSf(Math.max(0, statistic), degrees), expected };
}
