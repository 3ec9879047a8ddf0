import type { DType } from "../../contracts/frame.js";
import type { Columns } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";

/** What kind of problem a target of a type poses. */
export function problemKind(target: DType, { positive, task }: Pick<Columns, "positive" | "task">): Problem["kind"] {
  if (task !== null) return task;
  if (positive !== null) return "binary";
  return target === "string" || target === "bool" ? "multiclass" : "regression";
}
