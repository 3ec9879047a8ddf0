export type Path = readonly (string | number)[];

export type Tree = { readonly [key: string]: unknown };

/** A plain object: not an array, not null. */
export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `models.delays.features[0].with["a b"]` */
export function formatPath(path: Path): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : /^[\w$-]+$/.test(key) ? `${index === 0 ? "" : "."}${key}` : `[${JSON.stringify(key)}]`)).join("");
}

/** The inverse of `formatPath`; whole numbers between dots are positions too. Null where it is no path. */
export function parsePath(text: string): Path | null {
  const path: (string | number)[] = [];
  const token = /(?:^|\.)([\w$-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return null;
    const [, name, index, quoted] = match;
    if (name !== undefined) path.push(/^\d+$/.test(name) ? Number(name) : name);
    else path.push(index === undefined ? (JSON.parse(quoted!) as string) : Number(index));
  }
  return path.length === 0 ? null : path;
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? (inner as Tree)[key] : undefined), value);
}

/** A copy with the value at a path replaced; the path exists but for its last key. */
export function withValueAt(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? withValueAt(item, rest, next) : item));
  return { ...(value as Tree), [key]: withValueAt((value as Tree)[key], rest, next) };
}

/** A copy without the member of an object at a path, which exists. */
export function withoutValueAt(value: unknown, path: Path): unknown {
  const holder = path.slice(0, -1);
  const { [String(path.at(-1))]: _, ...others } = valueAt(value, holder) as Tree;
  return withValueAt(value, holder, others);
}

export function startsWith(path: Path, start: Path): boolean {
  return start.every((key, index) => path[index] === key);
}

/** Every value that holds no others, with its path; empty objects and lists count. */
export function* leavesOf(value: unknown, path: Path = []): Generator<readonly [Path, unknown]> {
  const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : isTree(value) ? Object.entries(value) : [];
  if (members.length === 0) yield [path, value];
  for (const [key, member] of members) yield* leavesOf(member, [...path, key]);
}
