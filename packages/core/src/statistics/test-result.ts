/** What a test of a hypothesis returns. */
export interface TestResult {
  readonly statistic: number;
  /** In [0, 1]. */
  readonly pValue: number;
}

/** `two-sided`, or the direction of the alternative hypothesis, said of the first sample. */
export type Alternative = "two-sided" | "less" | "greater";
