const MOST = 10_000;
const known = new Map<string, unknown>();

/** The value that was made for a key before in this process, else a new one. At most 10,000 are kept; who asks at once makes it twice, so that nobody waits for another's signal. */
export async function remembered<T>(key: string, make: () => Promise<T>): Promise<T> {
  if (known.has(key)) return known.get(key) as T;
  const made = await make();
  if (known.size >= MOST) known.clear();
  known.set(key, made);
  return made;
}
