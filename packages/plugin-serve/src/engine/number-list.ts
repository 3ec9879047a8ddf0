/** Numbers that become more. An array of JavaScript takes twice as long to fill with 28,000 numbers, and is copied once more for the runtime. */
export interface NumberList {
  /** Beyond `length` lies room. */
  values: Float64Array;
  length: number;
}

const NONE = new Float64Array(0);
/** Room behind the first number or vector, which most often is the only one, and then fills its array. */
const LEAST_ROOM = 16;

export function createNumbers(): NumberList {
  return { values: NONE, length: 0 };
}

export function append(list: NumberList, value: number): void {
  if (list.length === list.values.length) makeRoom(list, 1);
  list.values[list.length++] = value;
}

/** Sees to it that so many more numbers find room. */
export function makeRoom(list: NumberList, more: number): void {
  const needed = list.length + more;
  if (needed <= list.values.length) return;
  const larger = new Float64Array(list.length === 0 ? needed : Math.max(needed, 2 * list.values.length, LEAST_ROOM));
  larger.set(list.values.subarray(0, list.length));
  list.values = larger;
}

/** The numbers, without the room. */
export function numbersOf({ values, length }: NumberList): Float64Array {
  return length === values.length ? values : values.slice(0, length);
}
