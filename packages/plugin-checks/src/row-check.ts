import { valueAt, type Check, type Column, type Field, type Finding, type Json } from "@millrace/core";
import { fieldsOf } from "./columns.js";
import { isExample, keepExample, mergeExamples, type Example } from "./examples.js";
import type { RowCheckOptions } from "./row-check.options.js";

interface ColumnPartial {
  rows: number;
  broken: number;
  examples: Example[];
}

export interface RowCheckSpec {
  readonly name: string;
  readonly options: RowCheckOptions;
  /** Which columns it can look at, and what they are called. */
  readonly accepts: (field: Field) => boolean;
  readonly accepted: string;
  /** Which rows of a column break the expectation; null: none can. */
  broken(column: Column, field: Field): ((row: number) => boolean) | null;
  /** What is wrong with these values, to stand behind "n of m rows of column". */
  readonly fault: string;
}

/** An expectation of single values: a finding for each column whose share of broken rows is above `atMost`. */
export function rowCheck(spec: RowCheckSpec): Check {
  return {
    fold(input) {
      const fields = fieldsOf(spec.name, input, spec.options.columns, spec.accepts, spec.accepted);
      return {
        start: () => fields.map((): ColumnPartial => ({ rows: 0, broken: 0, examples: [] })),
        add(partials: ColumnPartial[], batch) {
          const numbers = (batch.column("$row") as Extract<Column, { dtype: "float64" }>).values;
          fields.forEach((field, index) => addColumn(partials[index]!, batch.column(field.name), numbers, spec.broken(batch.column(field.name), field)));
          return partials;
        },
        merge: (left: ColumnPartial[], right: ColumnPartial[]) => left.map((one, index) => mergeColumn(one, right[index]!)),
        finish: (partials: ColumnPartial[]) => fields.flatMap((field, index) => finding(spec, field.name, partials[index]!)),
      };
    },
  };
}

function addColumn(partial: ColumnPartial, column: Column, numbers: Float64Array, isBroken: ((row: number) => boolean) | null): void {
  partial.rows += numbers.length;
  if (isBroken === null) return;
  for (let row = 0; row < numbers.length; row++) {
    if (!isBroken(row)) continue;
    partial.broken++;
    if (isExample(partial.examples, numbers[row]!)) keepExample(partial.examples, { row: numbers[row]!, value: shown(valueAt(column, row)) });
  }
}

/** JSON has no word for an infinity. */
function shown(value: Json): Json {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

function mergeColumn(left: ColumnPartial, right: ColumnPartial): ColumnPartial {
  return { rows: left.rows + right.rows, broken: left.broken + right.broken, examples: mergeExamples(left.examples, right.examples) };
}

function finding({ name, options, fault }: RowCheckSpec, column: string, { rows, broken, examples }: ColumnPartial): readonly Finding[] {
  if (broken === 0 || broken <= options.atMost * rows) return [];
  const allowed = options.atMost === 0 ? "" : ` At most ${options.atMost * 100} % may.`;
  return [{ severity: options.severity, column, message: `${name}: ${broken} of ${rows} rows of column "${column}" ${fault}.${allowed}`, rows: broken, examples }];
}
