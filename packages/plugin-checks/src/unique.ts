import { isMissing, toFloat64, valueAt, type Check, type Column, type Field, type Finding, type Frame, type Json } from "@millrace/core";
import { fieldsOf, isNumeric, isScalar } from "./columns.js";
import { hashText } from "./hash.js";
import { addNumber, emptyNumbers, mergeNumbers, settledNumbers, type NumberKeys } from "./number-keys.js";
import { addText, emptyTexts, mergeTexts, type TextKeys } from "./text-keys.js";
import type { UniqueOptions } from "./unique.options.js";

type Partial = { readonly kind: "numbers"; keys: NumberKeys; rows: number } | { readonly kind: "texts"; keys: TextKeys; rows: number };

/** Expects that no value, or combination of values, occurs twice. A finding counts the rows beyond the first of each value. */
export function unique(options: UniqueOptions): Check {
  return {
    fold(input) {
      const fields = fieldsOf("unique", input, options.columns, (field) => isScalar(field) && field.dtype !== "bytes", "scalar");
      const isNumber = fields.length === 1 && isNumeric(fields[0]!);
      return {
        start: (): Partial => (isNumber || options.memory === "bounded" ? { kind: "numbers", keys: emptyNumbers(), rows: 0 } : { kind: "texts", keys: emptyTexts(), rows: 0 }),
        add(partial: Partial, batch) {
          partial.rows += batch.length;
          if (isNumber) addNumberColumn(partial.keys as NumberKeys, batch, fields[0]!.name);
          else addTextColumns(partial, batch, options.columns);
          return partial;
        },
        merge: (left: Partial, right: Partial): Partial =>
          left.kind === "numbers" ? { ...left, keys: mergeNumbers(left.keys, right.keys as NumberKeys), rows: left.rows + right.rows } : { ...left, keys: mergeTexts(left.keys, right.keys as TextKeys), rows: left.rows + right.rows },
        finish: (partial: Partial) => finding(options, fields, partial, isNumber),
      };
    },
  };
}

function addNumberColumn(keys: NumberKeys, batch: Frame, name: string): void {
  const numbers = rowNumbers(batch);
  const values = toFloat64(batch.column(name));
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) addNumber(keys, values[row]! + 0, numbers[row]!);
}

function addTextColumns(partial: Partial, batch: Frame, names: readonly string[]): void {
  const numbers = rowNumbers(batch);
  const columns = names.map((name) => batch.column(name));
  const keyOf = columns.length === 1 ? (row: number) => String(valueAt(columns[0]!, row)) : (row: number) => JSON.stringify(columns.map((column) => valueAt(column, row)));
  const hashOf = columns.length === 1 && columns[0]!.dtype === "string" ? hashesOfTexts(columns[0]) : (row: number) => hashText(keyOf(row));
  for (let row = 0; row < batch.length; row++) {
    if (columns.some((column) => isMissing(column, row))) continue;
    if (partial.kind === "numbers") addNumber(partial.keys, hashOf(row), numbers[row]!);
    else addText(partial.keys, keyOf(row), numbers[row]!);
  }
}

/** One hash per distinct text of a batch. */
function hashesOfTexts({ codes, dictionary }: Extract<Column, { dtype: "string" }>): (row: number) => number {
  const hashes = new Float64Array(dictionary.length).fill(-1);
  return (row) => {
    const code = codes[row]!;
    if (hashes[code]! < 0) hashes[code] = hashText(dictionary[code]!);
    return hashes[code]!;
  };
}

function finding({ severity, columns }: UniqueOptions, fields: readonly Field[], partial: Partial, isNumber: boolean): readonly Finding[] {
  const { repeats, examples } = partial.kind === "numbers" ? settledNumbers(partial.keys) : partial.keys;
  if (repeats === 0) return [];
  const only = columns.length === 1 ? columns[0]! : null;
  // Values of several columns are not shown: a finding without one column cannot be masked.
  const shown = (value: Json): Json => (only === null || (partial.kind === "numbers" && !isNumber) ? null : isNumber && fields[0]!.dtype === "timestamp" ? new Date(Number(value)).toISOString() : value);
  const what = only === null ? `the combination of columns ${columns.map((name) => `"${name}"`).join(", ")}` : `column "${only}"`;
  return [{ severity, column: only, message: `unique: ${repeats} of ${partial.rows} rows repeat a value of ${what}.`, rows: repeats, examples: examples.map(({ row, value }) => ({ row, value: shown(value) })) }];
}

function rowNumbers(batch: Frame): Float64Array {
  return (batch.column("$row") as Extract<Column, { dtype: "float64" }>).values;
}
