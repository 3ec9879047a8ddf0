import { MillraceError, suggest, type Field, type Json, type Signature } from "@millrace/core";
import { truncate, type Batch } from "../engine/batch.js";
import { columnReader, type ColumnRule, type Given, type Policy } from "./column-reader.js";
import { plainRows, type ReadPlainRows } from "./plain-rows.js";
import { ABSENT, TYPE, type Violation } from "./violation.js";

export interface InputReaderOptions {
  readonly policies: Readonly<Record<string, Policy>>;
  readonly unknown: "refuse" | "ignore";
  readonly textNumbers: boolean;
  /** Columns whose values are shown to nobody. */
  readonly masked: ReadonlySet<string>;
}

/** A value that passed, and that the answer speaks of. */
export interface Flag {
  readonly row: number;
  readonly column: string;
  readonly kind: Violation["kind"];
}

/** Reads what clients send into a batch; where it throws, the batch is as it was. Throws SERVE_INPUT, naming row, column, value and what is allowed. */
export interface InputReader {
  /** Bodies with rows of which there is nothing to say. */
  readonly plain: ReadPlainRows;
  rows(rows: readonly object[], batch: Batch): readonly Flag[];
  /** The value of each input, in their order, by row. */
  columns(count: number, values: readonly ((row: number) => Given)[], batch: Batch): readonly Flag[];
}

const NONE: readonly Flag[] = [];

export function inputReader({ inputs, seen }: Pick<Signature, "inputs" | "seen">, options: InputReaderOptions): InputReader {
  const rules = inputs.map((field): ColumnRule => ({ field, seen: seen[field.name], policy: options.policies[field.name] ?? null, textNumbers: options.textNumbers }));
  const readers = rules.map(columnReader);
  const policies = new Map(rules.map(({ field, policy }) => [field.name, policy]));
  const members = inputs.map(({ name }) => memberOf(name));
  function columns(count: number, values: readonly ((row: number) => Given)[], batch: Batch): readonly Flag[] {
    let flags: Flag[] | null = null;
    const tell = (violation: Violation): void => {
      const outcome = outcomeOf(violation, policies.get(violation.column)!);
      if (outcome === "refuse") throw refused(violation, options.masked);
      if (outcome === "flag") (flags ??= []).push({ row: violation.row, column: violation.column, kind: violation.kind });
    };
    try {
      for (let at = 0; at < readers.length; at++) readers[at]!(count, values[at]!, batch.columns[at]!, tell);
    } catch (error) {
      truncate(batch, inputs, batch.length);
      throw error;
    }
    batch.length += count;
    return flags ?? NONE;
  }
  return {
    plain: plainRows(rules),
    columns,
    rows(rows, batch) {
      if (options.unknown === "refuse") for (let row = 0; row < rows.length; row++) refuseUnknown(rows[row]!, row, inputs);
      return columns(rows.length, members.map((member) => (row) => member(rows[row]!)), batch);
    },
  };
}

/** What every object inherits (constructor, toString) is no member of a row. */
function memberOf(name: string): (row: object) => Given {
  if (!(name in Object.prototype)) return (row) => (row as Row)[name];
  return (row) => (Object.hasOwn(row, name) ? (row as Row)[name] : undefined);
}

type Row = Readonly<Record<string, Json | undefined>>;

/** What happens to a value that breaks its rule; "pass": nothing is said. */
export function outcomeOf({ kind }: Violation, policy: Policy | null): Policy | "pass" {
  if (policy !== null) return policy;
  if (kind === ABSENT || kind === TYPE) return "refuse";
  return kind === "range" ? "flag" : "pass";
}

/** A row with as many keys as there are inputs has no other ones, or an input is absent, which its column tells. */
function refuseUnknown(row: object, index: number, inputs: readonly Field[]): void {
  const keys = Object.keys(row);
  if (keys.length <= inputs.length) return;
  const unknown = keys.find((key) => !inputs.some(({ name }) => name === key))!;
  throw new MillraceError({
    code: "SERVE_INPUT",
    message: `Row ${index} has a column "${unknown.slice(0, 100)}" that the model does not take.`,
    mend: `${suggest(unknown.slice(0, 100), inputs.map(({ name }) => name))} Or set server.unknown to "ignore".`,
    facts: { row: index, column: unknown.slice(0, 100) },
  });
}

function refused(violation: Violation, masked: ReadonlySet<string>): MillraceError {
  const { column, row, kind } = violation;
  return new MillraceError({
    code: "SERVE_INPUT",
    message: violationText(violation, masked),
    mend: `Give "${column}" ${kind === ABSENT ? "in every row, null where it is not known" : "an allowed value"}.`,
    facts: { row, column, kind },
  });
}

/** A sentence that names row, column, value and what is allowed; values of masked columns are not in it. */
export function violationText({ column, row, kind, value, allowed }: Violation, masked: ReadonlySet<string>): string {
  const shown = kind === ABSENT ? "is absent" : masked.has(column) ? "has a value (masked) that is not allowed" : `is ${brief(value)}`;
  return `Row ${row}: "${column}" ${shown}; allowed is ${masked.has(column) && kind === "category" ? "what training saw" : allowed}.`;
}

function brief(value: Given): string {
  if (typeof value === "bigint") return String(value);
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
