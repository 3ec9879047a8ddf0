import type { Field } from "../../contracts/frame.js";
import type { Columns, ResolvedModel } from "../../contracts/resolved.js";
import type { IssueSpec } from "../../config/issue.js";
import type { Path } from "../../config/path.js";
import { problemKind } from "../split/problem-kind.js";

type RoleRule = (field: Field, model: ResolvedModel) => Pick<IssueSpec, "message" | "mend" | "allowed"> | null;

const NUMBERS: readonly Field["dtype"][] = ["float32", "float64", "int32", "int64", "uint8", "bool"];

function isScalar({ shape }: Field): boolean {
  return (shape ?? []).length === 0;
}

/** Times are counted from, in windows and horizons. */
const timeIsTimestamp: RoleRule = ({ name, dtype }, { split, columns }) =>
  dtype === "timestamp" || (split.rule !== "time" && columns.horizon === null)
    ? null
    : { message: `is the column "${name}" of ${dtype}, and ${split.rule === "time" ? "the split" : "columns.horizon"} counts from times.`, allowed: "timestamp", mend: `Cast it in the source (for example "${name}"::timestamp), or set columns.types.${name} to "timestamp".` };

const weightIsNumber: RoleRule = (field) =>
  NUMBERS.includes(field.dtype) && isScalar(field) ? null : { message: `is the column "${field.name}" of ${field.dtype}; a weight is a number.`, allowed: NUMBERS, mend: "Name a column of numbers, or cast it in the source." };

const targetIsNumberOfRegression: RoleRule = (field, { columns }) =>
  problemKind(field.dtype, columns) === "regression" && field.dtype === "string"
    ? { message: `is the column "${field.name}" of string, and the task is regression.`, allowed: [...NUMBERS, "timestamp"], mend: 'Cast it in the source, or set columns.task to "multiclass".' }
    : null;

const targetIsOneValue: RoleRule = (field) =>
  field.dtype === "bytes" || !isScalar(field) ? { message: `is the column "${field.name}" of ${isScalar(field) ? field.dtype : "vectors"}; a target is one number, text or truth value a row.`, mend: "Name another column, or make it one value in the source." } : null;

/** Classes are what a model answers with: nothing could mask them. Truths tell nobody apart. */
const classesAreNotPersonal: RoleRule = ({ name, dtype }, { columns }) =>
  columns.pii.includes(name) && dtype !== "bool" && problemKind(dtype, columns) !== "regression"
    ? { message: `is "${name}", which columns.pii masks, and its values are the classes that the model would answer with.`, allowed: "a column that is not personal", mend: `Take "${name}" out of columns.pii, or predict another column.` }
    : null;

/** By the role that a column plays. */
const RULES: Readonly<Partial<Record<keyof Columns, readonly RoleRule[]>>> = {
  time: [timeIsTimestamp],
  weight: [weightIsNumber],
  target: [targetIsNumberOfRegression, targetIsOneValue, classesAreNotPersonal],
};

/** A positive class that a target of this type never takes. */
function positiveIssue({ name, dtype }: Field, { columns: { positive } }: ResolvedModel): readonly IssueSpec[] {
  const path: Path = ["columns", "positive"];
  if (positive === null) return [];
  if (dtype === "bool" && positive !== "true" && positive !== "false") return [{ path, message: `is "${positive}", and the target "${name}" is true or false.`, found: positive, allowed: ["true", "false"], mend: "Write: positive: true." }];
  if (dtype !== "bool" && NUMBERS.includes(dtype) && String(Number(positive)) !== positive) return [{ path, message: `is "${positive}", and the target "${name}" is a number (${dtype}).`, found: positive, allowed: "a number", mend: "Write the number that is the positive class, for example 1." }];
  return [];
}

/** Columns whose type does not fit their role. */
export function roleIssues(model: ResolvedModel, fields: readonly Field[]): readonly IssueSpec[] {
  const { columns } = model;
  const named = (role: keyof Columns): Field | undefined => fields.find(({ name }) => name === columns[role]);
  const ofRoles = (Object.keys(RULES) as (keyof Columns)[]).flatMap((role) => {
    const field = named(role);
    const broken = field === undefined ? undefined : RULES[role]!.map((rule) => rule(field, model)).find((one) => one !== null);
    return field === undefined || broken == null ? [] : [{ path: ["columns", role], found: field.dtype, ...broken }];
  });
  const target = named("target");
  return [...ofRoles, ...(target === undefined ? [] : positiveIssue(target, model))];
}
