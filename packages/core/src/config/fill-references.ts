import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest } from "../errors/nearest.js";
import { alternatives, memberSchemas, type OptionSchema } from "../plugin/option-schema.js";
import { expandReferences, hasReference, type ReferenceScope } from "../plugin/reference.js";
import { foundOf, foundText } from "./found.js";
import { unknownName, type IssueSpec } from "./issue.js";
import { isTree, type Path, type Tree } from "./path.js";

export interface FillContext {
  readonly root: OptionSchema;
  readonly scope: ReferenceScope;
  /** The folder of the file that names a value. */
  folderOf(path: Path): string;
  /** Members that are left as they are. */
  skip(path: Path): boolean;
  report(issue: IssueSpec): void;
}

const ONE_REFERENCE = /^\$\{[^}]*\}$/;

/** A reference that stands alone where no text may stand becomes the number, the truth value or the list that it holds. */
function typed(expanded: string, written: string, schemas: readonly OptionSchema[]): unknown {
  const takesText = schemas.length === 0 || schemas.some(({ type, enum: names }) => type === undefined || type === "string" || (Array.isArray(type) && type.includes("string")) || names?.some((name) => typeof name === "string"));
  if (takesText || !ONE_REFERENCE.test(written)) return expanded;
  try {
    return JSON.parse(expanded) as unknown;
  } catch {
    return expanded;
  }
}

/** Nothing may stand around a reference to a secret, nor be its default: the config is shown, and kept. */
const ONE_SECRET = /^\$\{(?:env:[^}:]+|file:[^}]+)\}$/;

function plainSecret(path: Path): IssueSpec {
  return { path, message: "holds a secret, or a part of one, in plain text.", allowed: "${env:NAME} or ${file:path}", mend: 'Put the whole into the environment and write "${env:NAME}" here, or into a file and write "${file:path}".' };
}

function fillText(text: string, schemas: readonly OptionSchema[], path: Path, context: FillContext): unknown {
  if (schemas.some((schema) => schema.secret === true)) {
    if (!ONE_SECRET.test(text)) context.report(plainSecret(path));
    return text;
  }
  if (!hasReference(text)) return text;
  try {
    return typed(expandReferences(text, context.scope), text, schemas);
  } catch (error) {
    if (!MillraceError.is(error)) throw error;
    context.report({ path, message: error.message, found: text, mend: error.mend, hides: path });
    return text;
  }
}

/** Whether an object is meant as `{ file: "./x.sql" }`: a text may stand here, and no object with such a key; another object with such a key, also one that is mistyped, only where none may. */
function isTextFile(value: Tree, schemas: readonly OptionSchema[]): boolean {
  const takesFile = schemas.some(({ properties, additionalProperties }) => properties?.["file"] !== undefined || typeof additionalProperties === "object" || additionalProperties === true);
  if (takesFile || !schemas.some(({ type }) => type === "string")) return false;
  const isExact = typeof value["file"] === "string" && Object.keys(value).length === 1;
  return isExact || (schemas.every(({ type }) => type !== "object") && Object.keys(value).some((key) => nearest(key, ["file"]) !== null));
}

/** The text that `{ file }` names; null where it is written wrong, which was reported. */
function textFileOf(value: Tree, path: Path, context: FillContext): string | null {
  const { file, ...others } = value;
  for (const key of Object.keys(others)) context.report({ ...unknownName([...path, key], `is no key of a text that is read from a file`, key, ["file"], 'Write { file: "./name" }, or the text itself.'), hides: path });
  if (typeof file === "string") return Object.keys(others).length > 0 ? null : textOf(path, file, context);
  if (file !== undefined) context.report({ path: [...path, "file"], message: `must be text, found ${foundText(file)}.`, found: foundOf(file), allowed: "text", mend: "Give the path of a file, from the folder of the file that names it.", hides: path });
  return null;
}

function textOf(path: Path, name: string, context: FillContext): string {
  const file = resolve(context.folderOf(path), name);
  try {
    return readFileSync(file, "utf8");
  } catch {
    context.report({ path, message: `names the file ${file}, which cannot be read.`, found: name, mend: `Create ${file}, or mend the path; it starts at the folder of the file that names it.`, hides: path });
    return name;
  }
}

/** A value with references replaced and texts from files read; secrets stay references. `schemas`: what may stand at `path`. */
export function fillReferences(value: unknown, path: Path, schemas: readonly OptionSchema[], context: FillContext): unknown {
  if (typeof value === "string") return fillText(value, schemas, path, context);
  const fill = (member: unknown, key: string | number): unknown =>
    context.skip([...path, key]) ? member : fillReferences(member, [...path, key], memberSchemas(schemas, key, context.root), context);
  if (Array.isArray(value)) return value.map(fill);
  if (!isTree(value)) return value;
  if (isTextFile(value, schemas)) {
    if (!schemas.some((schema) => schema.secret === true)) return textFileOf(value, path, context) ?? value;
    context.report({ ...plainSecret(path), message: "is a secret, which a config never holds.", mend: 'Write "${file:path}" in the place of { file: "path" }.', hides: path });
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, key)]));
}

export function topSchemas(root: OptionSchema): readonly OptionSchema[] {
  return alternatives(root, root);
}
