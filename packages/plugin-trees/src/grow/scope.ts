/** The columns that a leaf may be split on. */
export interface Scope {
  /** By column: 1 where it may. */
  readonly allowed: Uint8Array;
  /** The groups that hold all columns of the path so far; null: any columns may meet. */
  readonly groups: readonly ReadonlySet<number>[] | null;
}

export function rootScope(columns: Uint8Array, groups: Scope["groups"]): Scope {
  return groups === null ? { allowed: columns, groups } : { allowed: within(columns, groups), groups };
}

/** Below a split on `feature`. */
export function scopeBelow(scope: Scope, feature: number): Scope {
  if (scope.groups === null) return scope;
  const groups = scope.groups.filter((group) => group.has(feature));
  return { allowed: within(scope.allowed, groups), groups };
}

function within(columns: Uint8Array, groups: readonly ReadonlySet<number>[]): Uint8Array {
  const allowed = new Uint8Array(columns.length);
  for (const group of groups) for (const column of group) allowed[column] = columns[column]!;
  return allowed;
}
