import type { DType, Field } from "../../contracts/frame.js";
import type { ResolvedModel } from "../../contracts/resolved.js";
import type { IssueSpec } from "../../config/issue.js";
import { RETYPES } from "../data/retype.js";

/** Entries of `columns.types` that no column of its own type can be made. */
export function typeIssues({ columns: { types } }: ResolvedModel, fields: readonly Field[]): readonly IssueSpec[] {
  return fields.flatMap((field) => {
    const wanted = types[field.name] as DType | undefined;
    if (wanted === undefined || wanted === field.dtype) return [];
    const path = ["columns", "types", field.name];
    const isVector = (field.shape ?? []).length > 0;
    if (isVector || field.dtype === "bytes" || field.dtype === "sparse") return [{ path, message: `makes "${field.name}" ${wanted}, which is ${isVector ? `a vector of ${field.dtype}` : field.dtype}: only single numbers and texts can be made another type.`, found: wanted, mend: "Cast it in the source." }];
    return RETYPES.includes(wanted) ? [] : [{ path, message: `makes "${field.name}" ${wanted}, which no ${field.dtype} can be made.`, found: wanted, allowed: RETYPES, mend: "Write one of those, or cast it in the source." }];
  });
}
