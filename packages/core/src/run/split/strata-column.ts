/** The column that a split by random keeps the shares of: `true` stands for the target. Null: none. */
export function strataColumn({ stratify }: { readonly stratify?: unknown }, target: string | null): string | null {
  if (stratify === true) return target;
  return typeof stratify === "string" && stratify !== "" ? stratify : null;
}
