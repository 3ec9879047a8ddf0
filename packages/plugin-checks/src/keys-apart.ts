import { valueAt, type Check, type Column, type Finding } from "@millrace/core";
import { fieldsOf, isScalar } from "./columns.js";
import { keepExample, type Example } from "./examples.js";
import type { KeysApartOptions } from "./keys-apart.options.js";
import { addRow, emptyTable, indexOf, mergeTables, PARTS, type KeyTable } from "./key-table.js";

type TextColumn = Extract<Column, { dtype: "string" }>;

/**
 * Expects that no key has rows on two of train, validation and test: a model is judged too well on customers that it knows. Missing keys
 * pass. Exact; memory grows with the number of distinct keys.
 */
export function keysApart({ columns, severity }: KeysApartOptions): Check {
  return {
    fold(input) {
      const fields = fieldsOf("keys-apart", input, columns, (field) => isScalar(field) && field.dtype !== "bytes", "scalar");
      return {
        start: () => fields.map(emptyTable),
        add(tables: KeyTable[], batch) {
          const part = batch.column("$part") as TextColumn;
          const numbers = (batch.column("$row") as Extract<Column, { dtype: "float64" }>).values;
          fields.forEach(({ name }, index) => addColumn(tables[index]!, batch.column(name), part, numbers));
          return tables;
        },
        merge: (left: KeyTable[], right: KeyTable[]) => left.map((table, index) => mergeTables(table, right[index]!)),
        finish: (tables: KeyTable[]) => fields.flatMap(({ name }, index) => finding(name, severity, tables[index]!)),
      };
    },
  };
}

function addColumn(table: KeyTable, column: Column, part: TextColumn, numbers: Float64Array): void {
  const partOf = part.dictionary.map((text) => PARTS.indexOf(text as (typeof PARTS)[number]));
  const placeOf = column.dtype === "string" ? placesOfTexts(table, column) : (row: number) => placeOfValue(table, column, row);
  for (let row = 0; row < numbers.length; row++) {
    const side = partOf[part.codes[row]!]!;
    if (side < 0) continue;
    const place = placeOf(row);
    if (place !== null) addRow(table, place, side, numbers[row]!);
  }
}

/** One look-up per distinct text of a batch. */
function placesOfTexts(table: KeyTable, { codes, dictionary }: TextColumn): (row: number) => number | null {
  const places = new Int32Array(dictionary.length).fill(-1);
  return (row) => {
    const code = codes[row]!;
    if (code === 0) return null;
    if (places[code]! < 0) places[code] = indexOf(table, dictionary[code]!);
    return places[code]!;
  };
}

function placeOfValue(table: KeyTable, column: Column, row: number): number | null {
  const key = valueAt(column, row);
  return key === null ? null : indexOf(table, String(key));
}

function finding(column: string, severity: Finding["severity"], { keys, firstRows, rows }: KeyTable): readonly Finding[] {
  let [shared, broken] = [0, 0];
  const examples: Example[] = [];
  for (const [key, index] of keys) {
    const firsts = Array.from(firstRows.subarray(PARTS.length * index, PARTS.length * (index + 1))).filter((row) => row < Infinity);
    if (firsts.length < 2) continue;
    shared++;
    broken += rows[index]!;
    keepExample(examples, { row: firsts.sort((left, right) => left - right)[1]!, value: key });
  }
  if (shared === 0) return [];
  return [{ severity, column, message: `keys-apart: ${shared} of ${keys.size} keys of column "${column}" have rows on more than one of ${PARTS.join(", ")} (${broken} rows).`, rows: broken, examples }];
}
