import type { Check, Field, Finding } from "@millrace/core";
import { fieldsOf, isScalar } from "./columns.js";
import type { LeakageOptions } from "./leakage.options.js";
import { addToSample, emptySample, lowest, mergeSamples, type RowSample } from "./row-sample.js";
import { judgeOf, missingScore, valueScore } from "./single-column-score.js";

/**
 * Looks for columns that alone tell the target: their values, or whether they are missing. It judges a sample of the training part's
 * rows (see `RowSample`), so that memory and time do not grow with the data; the standard error of a ROC-AUC of 0.98 is then about 0.001.
 */
export function leakage(options: LeakageOptions): Check {
  const most = options.sampleRows;
  return {
    fold(input, candidates) {
      const fields = judgedFields(input, candidates, options);
      const names = fields.map(({ name }) => name);
      return {
        start: () => emptySample(fields.map(({ dtype }) => (dtype === "string" ? "text" : "number"))),
        add: (sample: RowSample, batch) => addToSample(sample, batch, names, most),
        merge: (left: RowSample, right: RowSample) => mergeSamples(left, right, most),
        finish: (sample: RowSample) => findings(lowest(sample, most), names, options),
      };
    },
  };
}

function judgedFields(input: readonly Field[], candidates: readonly string[], { columns, ignore }: LeakageOptions): readonly Field[] {
  fieldsOf("leakage", input, ignore.filter((name) => !name.startsWith("$")));
  const accepts = (field: Field): boolean => isScalar(field) && field.dtype !== "bytes";
  const named = columns === undefined ? input.filter((field) => accepts(field) && candidates.includes(field.name)) : fieldsOf("leakage", input, columns, accepts, "scalar");
  return named.filter(({ name }) => !ignore.includes(name));
}

function findings(sample: RowSample, names: readonly string[], { threshold, warnFrom }: LeakageOptions): readonly Finding[] {
  const judge = judgeOf(sample);
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
