const MOST = 10_000;
const known = new Map<string, Promise<unknown>>();

/** The value that was made for a key before in this process, else a new one; a failure is not remembered. At most 10,000 are kept. */
export function remembered<T>(key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) as Promise<T> | undefined;
  if (found !== undefined) return found;
  if (known.size >= MOST) known.clear();
  const made = make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}
