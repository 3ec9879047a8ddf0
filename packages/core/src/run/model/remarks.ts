import type { Remark } from "../../contracts/remark.js";

/** What a state says of itself; none where it has no `remarks`. */
export function remarksOf(state: unknown): readonly Remark[] {
  if (typeof state !== "object" || state === null || !("remarks" in state) || !Array.isArray(state.remarks)) return [];
  return (state.remarks as readonly unknown[]).filter(isRemark);
}

function isRemark(value: unknown): value is Remark {
  return typeof value === "object" && value !== null && "about" in value && "sentence" in value && typeof value.sentence === "string";
}
