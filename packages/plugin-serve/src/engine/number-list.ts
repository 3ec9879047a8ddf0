/** Numbers that become more. An array of JavaScript takes twice as long to fill with 28,000 numbers, and is copied once more for the runtime. */
export interface NumberList {
  /** Beyond `length` lies room. */
  values: Float64Array;
  length: number;
}

const FIRST_ROOM = 16;

export function createNumbers(): NumberList {
  return { values: new Float64Array(FIRST_ROOM), length: 0 };
}

export function append(list: NumberList, value: number): void {
  if (list.length === list.values.length) makeRoom(list, 1);
  list.values[list.length++] = value;
}

/** Sees to it that so many more numbers find room. */
export function makeRoom(list: NumberList, more: number): void {
  const needed = list.length + more;
  if (needed <= list.values.length) return;
  const larger = new Float64Array(Math.max(needed, 2 * list.values.length));
  larger.set(list.values.subarray(0, list.length));
  list.values = larger;
}

/** The numbers, without the room. */
export function numbersOf({ values, length }: NumberList): Float64Array {
  return length === values.length ? values : values.slice(0, length);
}
