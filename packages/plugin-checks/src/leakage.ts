import { defineFold, isMissing, sampledRows, type Check, type Field, type Finding, type Fold, type Frame, type RowSample, type TextColumn } from "@millrace/core";
import { fieldsOf, isScalar } from "./columns.js";
import type { LeakageOptions } from "./leakage.options.js";
import { judgeOf, missingScore, valueScore, type Judged } from "./single-column-score.js";

const TARGET: Field = { name: "$target", dtype: "float64", nullable: true, shape: [], categories: null };

interface Partial {
  readonly sample: unknown;
  readonly isMulticlass: boolean;
}

/**
 * Looks for columns that alone tell the target: their values, or whether they are missing. It judges a sample of the training part's
 * rows (see `sampledRows`), so that memory and time do not grow with the data; the standard error of a ROC-AUC of 0.98 is then about 0.001.
 */
export function leakage(options: LeakageOptions): Check {
  return {
    fold(input, candidates) {
      const fields = judgedFields(input, candidates, options);
      const sample: Fold<RowSample> = sampledRows([...fields, TARGET], options.sampleRows, labelledTraining);
      return defineFold<Partial, readonly Finding[]>({
        start: () => ({ sample: sample.start(), isMulticlass: false }),
        // A batch without `$target` has no labelled rows.
        add: (partial, batch) => (hasColumn(batch, "$target") ? { sample: sample.add(partial.sample, batch), isMulticlass: partial.isMulticlass || batch.column("$target").dtype === "int32" } : partial),
        merge: (left, right) => ({ sample: sample.merge(left.sample, right.sample), isMulticlass: left.isMulticlass || right.isMulticlass }),
        finish(partial) {
          const found = sample.finish(partial.sample);
          const targets = found.columns.at(-1)!.values as Float64Array;
          return findings({ sample: found, targets, isMulticlass: partial.isMulticlass }, fields.map(({ name }) => name), options);
        },
      });
    },
  };
}

/** The labelled rows of the training part; of all rows where there is no `$part`. */
function labelledTraining(batch: Frame): (row: number) => boolean {
  const target = batch.column("$target");
  const part = hasColumn(batch, "$part") ? (batch.column("$part") as TextColumn) : null;
  const train = part?.dictionary.indexOf("train") ?? -1;
  return (row) => (part === null || part.codes[row] === train) && !isMissing(target, row);
}

function hasColumn(batch: Frame, name: string): boolean {
  return batch.fields.some((field) => field.name === name);
}

function judgedFields(input: readonly Field[], candidates: readonly string[], { columns, ignore }: LeakageOptions): readonly Field[] {
  fieldsOf("leakage", input, ignore.filter((name) => !name.startsWith("$")));
  const accepts = (field: Field): boolean => isScalar(field) && field.dtype !== "bytes";
  const named = columns === undefined ? input.filter((field) => accepts(field) && candidates.includes(field.name)) : fieldsOf("leakage", input, columns, accepts, "scalar");
  return named.filter(({ name }) => !ignore.includes(name));
}

function findings(judged: Judged, names: readonly string[], { threshold, warnFrom }: LeakageOptions): readonly Finding[] {
  const { sample } = judged;
  const judge = judgeOf(judged);
  if (judge === null) return [];
  const scale = judge.kind === "number" ? "(1 + rank correlation) / 2" : judge.outcomes.length > 1 ? "mean ROC-AUC of each class" : "ROC-AUC";
  const rows = sample.hashes.length === sample.rows ? `${sample.rows} training rows` : `${sample.hashes.length} of ${sample.rows} training rows`;
  return names.flatMap((column, index): Finding[] => {
    const missing = missingScore(sample.columns[index]!, judge);
    const byMissing = missing >= Math.min(threshold, warnFrom);
    const score = byMissing ? missing : valueScore(sample.columns[index]!, judge);
    if (score < Math.min(threshold, warnFrom)) return [];
    const what = byMissing ? `Whether column "${column}" is missing` : `Column "${column}"`;
    const message = `leakage: ${what} alone tells the target (${scale} ${score.toFixed(4)} on ${rows}): it may hold what is known only afterwards. Leave it out (columns.ignore), or name it in the check's ignore.`;
    return [{ severity: score >= threshold ? "error" : "warning", column, message, rows: 0, examples: [] }];
  });
}
