/**
 * Where two values of JSON, typed arrays and maps differ first, in words; null where they are equal. All NaNs are equal, and so are 0
 * and -0; numbers may differ by `tolerance` times the greater of the two.
 */
export function difference(left: unknown, right: unknown, tolerance = 0, path = "$"): string | null {
  if (typeof left === "number" && typeof right === "number") return isClose(left, right, tolerance) ? null : `${path}: ${left} is not ${right}`;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right ? null : `${path}: ${String(left)} is not ${String(right)}`;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return `${path}: a ${left.constructor?.name} is not a ${right.constructor?.name}`;
  const [ours, theirs] = [entriesOf(left), entriesOf(right)];
  if (ours.size !== theirs.size) return `${path}: ${ours.size} entries are not ${theirs.size}`;
  for (const [key, value] of ours) {
    if (!theirs.has(key)) return `${path}.${String(key)} is missing`;
    const found = difference(value, theirs.get(key), tolerance, `${path}.${String(key)}`);
    if (found !== null) return found;
  }
  return null;
}

function isClose(left: number, right: number, tolerance: number): boolean {
  if (left === right || (left !== left && right !== right)) return true;
  return Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right));
}

function entriesOf(value: object): ReadonlyMap<unknown, unknown> {
  if (value instanceof Map) return value;
  if (ArrayBuffer.isView(value)) return new Map(Array.from(value as unknown as ArrayLike<unknown>, (item, index) => [index, item]));
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}
