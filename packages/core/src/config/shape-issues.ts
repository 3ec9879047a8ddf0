import { allowedKeys, describeAllowed, schemasAt, type OptionSchema } from "../plugin/option-schema.js";
import { foundOf, foundText } from "./found.js";
import { unknownName, type IssueSpec } from "./issue.js";
import { formatPath, valueAt, type Path } from "./path.js";

/** An issue of a Standard Schema; what zod says besides is used where it is there. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly SchemaIssue[])[];
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly inclusive?: boolean;
  readonly origin?: string;
}

/** Where the value lies that was checked. */
export interface Checked {
  readonly value: unknown;
  /** Of the value, in the config. */
  readonly path: Path;
  readonly root: OptionSchema;
}

function pathOf(issue: SchemaIssue): Path {
  return (issue.path ?? []).map((segment) => {
    const key = typeof segment === "object" ? segment.key : segment;
    return typeof key === "number" ? key : String(key);
  });
}

function unknownKeys(issue: SchemaIssue, at: Path, schemas: readonly OptionSchema[], checked: Checked): readonly IssueSpec[] {
  const allowed = allowedKeys(schemas);
  const whole = [...checked.path, ...at];
  return (issue.keys ?? []).map((key) => {
    const unknown = unknownName([...whole, key], `is no key${whole.length === 0 ? " of a config" : ` of ${formatPath(whole)}`}`, key, allowed, `Rename "${key}", or remove it.`);
    return unknown.nearest == null ? unknown : { ...unknown, meant: [...whole, unknown.nearest] };
  });
}

/** Of a union, the alternative that was meant: one that takes a value of this type. */
function ofUnion(issue: SchemaIssue, at: Path, checked: Checked): readonly IssueSpec[] | null {
  const meant = (issue.errors ?? []).filter((branch) => !branch.some((inner) => inner.path?.length === 0 && (inner.code === "invalid_type" || inner.code === "invalid_value")));
  const [nearestBranch] = [...meant].sort((left, right) => left.length - right.length);
  return nearestBranch?.flatMap((inner) => shapeIssue({ ...inner, path: [...at, ...(inner.path ?? [])] }, checked)) ?? null;
}

function limitOf(issue: SchemaIssue): string | null {
  const unit = issue.origin === "array" ? " items" : issue.origin === "string" ? " characters" : "";
  if (issue.code === "too_small") return `${issue.inclusive === false ? "more than" : "at least"} ${String(issue.minimum)}${unit}`;
  if (issue.code === "too_big") return `${issue.inclusive === false ? "less than" : "at most"} ${String(issue.maximum)}${unit}`;
  return null;
}

function wrongValue(issue: SchemaIssue, at: Path, schemas: readonly OptionSchema[], checked: Checked): IssueSpec {
  const path = [...checked.path, ...at];
  const value = valueAt(checked.value, at);
  const isSecret = schemas.some((schema) => schema.secret === true);
  const found = isSecret ? null : foundOf(value);
  const text = isSecret ? "a value that is not shown" : foundText(value);
  const names = schemas.flatMap((schema) => schema.enum ?? (schema.const === undefined ? [] : [schema.const]));
  const help = schemas.find((schema) => schema.description !== undefined)?.description;
  // A rule in its author's own words: it may speak of a key that is not there, or of a name that is one of those allowed.
  const isRule = issue.code === "custom";
  if (value === undefined && !isRule) {
    const allowed = describeAllowed(schemas) || null;
    return { path, message: "is missing.", allowed, mend: `Add ${formatPath(path)}${allowed === null ? "" : ` (${allowed})`}${help === undefined ? "." : `: ${help}`}` };
  }
  const literal = names.find((name) => typeof name !== "string" && String(name) === value);
  if (literal !== undefined) return { path, message: `must be the ${typeof literal === "number" ? "number" : "value"} ${String(literal)}, found the text ${JSON.stringify(value)}.`, found, allowed: String(literal), mend: `Write ${String(literal)}, without quotes.` };
  if (names.length > 0 && typeof value === "string" && !isRule) return unknownName(path, `cannot be ${JSON.stringify(value)}`, value, names.map(String), "Write one of those.");
  const limit = limitOf(issue);
  if (limit !== null) return { path, message: `must be ${limit}, found ${text}.`, found, allowed: limit, mend: `Give ${limit}.` };
  const allowed = describeAllowed(schemas);
  if (issue.code === "invalid_type" || issue.code === "invalid_union" || issue.code === "invalid_value") {
    return { path, message: `must be ${allowed || "something else"}, found ${text}.`, found, allowed, mend: `Give ${allowed || "what its schema allows"}${help === undefined ? "." : `: ${help}`}` };
  }
  // Of an object, whose keys the rule names, there is nothing to quote.
  const isQuoted = found !== null && found !== "an object";
  return { path, message: `${issue.message.replace(/\.$/, "")}${isQuoted ? `, found ${text}` : ""}.`, found, allowed: allowed || null, mend: help !== undefined ? `It means: ${help}` : value === undefined ? `Add ${formatPath(path)}.` : "Mend the value." };
}

/** Our words for one issue of a schema. */
export function shapeIssue(issue: SchemaIssue, checked: Checked): readonly IssueSpec[] {
  const at = pathOf(issue);
  const schemas = schemasAt(checked.root, at);
  if (issue.code === "unrecognized_keys") return unknownKeys(issue, at, schemas, checked);
  if (issue.code === "invalid_key") {
    const inner = (issue as { readonly issues?: readonly SchemaIssue[] }).issues?.[0]?.message ?? issue.message;
    return [{ path: [...checked.path, ...at], message: `is no name: it ${inner}.`, found: String(at.at(-1)), mend: "Rename it." }];
  }
  if (issue.code === "invalid_union") return ofUnion(issue, at, checked) ?? [wrongValue(issue, at, schemas, checked)];
  return [wrongValue(issue, at, schemas, checked)];
}
