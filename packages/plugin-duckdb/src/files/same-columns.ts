import { type Field, MillraceError } from "@millrace/core/plugin";
import type { LocatedFile } from "./locate.js";

interface DescribedFile {
  readonly file: LocatedFile;
  readonly fields: readonly Field[];
}

/** The columns of files that all have the same; their order is the first file's. Throws SOURCE_COLUMNS, naming every difference. */
export function sameColumns(files: readonly DescribedFile[]): readonly Field[] {
  const [first, ...others] = files as readonly [DescribedFile, ...DescribedFile[]];
  const names = new Set(first.fields.map(({ name }) => name));
  for (const { file, fields } of others) {
    const found = new Set(fields.map(({ name }) => name));
    const missing = [...names].filter((name) => !found.has(name));
    const extra = [...found].filter((name) => !names.has(name));
    if (missing.length + extra.length > 0)
      throw differing(
        `"${file.name}" and "${first.file.name}" have different columns: ${[missing.length > 0 ? `it lacks ${quoted(missing)}` : "", extra.length > 0 ? `it also has ${quoted(extra)}` : ""].filter((part) => part !== "").join("; ")}.`,
        'Narrow the glob to files of one kind, or bring them together in the source "sql".',
      );
  }
  const mixed = first.fields.filter((field) => files.some(({ fields }) => typeOf(fields, field.name) !== typeText(field)));
  if (mixed.length === 0) return first.fields;
  const types = mixed.map((field) => `${JSON.stringify(field.name)}: ${JSON.stringify(common(files, field.name))}`);
  throw differing(
    mixed.map((field) => `Column "${field.name}" is ${kindsOf(files, field.name)}.`).join(" "),
    `Declare what they are: types: { ${types.join(", ")} }.`,
    textAmongNumbers(files, mixed),
  );
}

/** A column that is text in one file and numbers in another, and the first file in which it is text: there stands what is no number. */
function textAmongNumbers(files: readonly DescribedFile[], mixed: readonly Field[]): MillraceError["facts"] {
  const isOf = (kind: RegExp, name: string, { fields }: DescribedFile): boolean => kind.test(typeOf(fields, name));
  const column = mixed.find(({ name }) => files.some((file) => isOf(/^string$/, name, file)) && files.some((file) => isOf(/^(float|int)\d+$/, name, file)))?.name;
  return column === undefined ? {} : { column, path: files.find((file) => isOf(/^string$/, column, file))!.file.name };
}

function typeText(field: Field): string {
  return field.shape?.length === 0 ? field.dtype : `${field.dtype}[${field.shape?.join(",")}]`;
}

function typeOf(fields: readonly Field[], name: string): string {
  return typeText(fields.find((field) => field.name === name)!);
}

/** `int64 in "a.csv" and float64 in "b.csv"`: each type with the first file that has it. */
function kindsOf(files: readonly DescribedFile[], name: string): string {
  const firstOf = new Map<string, string>();
  for (const { file, fields } of files) if (!firstOf.has(typeOf(fields, name))) firstOf.set(typeOf(fields, name), file.name);
  return [...firstOf].map(([type, file]) => `${type} in "${file}"`).join(" and ");
}

/** The type that most likely holds all: a text column may be one that is empty in that file. */
function common(files: readonly DescribedFile[], name: string): string {
  const kinds = new Set(files.map(({ fields }) => fields.find((field) => field.name === name)!.dtype as string));
  kinds.delete("string");
  if (kinds.size === 1) return [...kinds][0]!;
  return [...kinds].every((kind) => /^(float|int)/.test(kind)) ? "float64" : "string";
}

function differing(message: string, mend: string, facts: MillraceError["facts"] = {}): MillraceError {
  return new MillraceError({ code: "SOURCE_COLUMNS", message, mend, facts });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
