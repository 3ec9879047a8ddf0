/** A set of float64 numbers for loops over millions of rows: open addressing in one array, where a Set would make an object of each number. */
export interface NumberSet {
  /** Makes it empty, for at most so many numbers to be added. */
  clear(adds: number): void;
  /** False where there would be more than `most`; NaN may not be added, and 0 is not -0. */
  add(value: number): boolean;
  sorted(): Float64Array;
}

export function numberSet(most: number): NumberSet {
  let memory = new Float64Array(0);
  let table = memory;
  let length = 0;
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  const placeOf = (value: number): number => {
    bits[0] = value;
    const mixed = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x85ebca6b), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 15)) & (table.length - 1);
  };
  return {
    clear(adds) {
      // At most a quarter full, so that a search is short.
      const size = 2 ** Math.ceil(Math.log2(4 * Math.min(adds, most) + 4));
      if (memory.length < size) memory = new Float64Array(size);
      table = memory.subarray(0, size);
      table.fill(NaN);
      length = 0;
    },
    add(value) {
      let at = placeOf(value);
      for (;;) {
        const found = table[at]!;
        if (found === value) return true;
        if (found !== found) break;
        at = (at + 1) & (table.length - 1);
      }
      if (length === most) return false;
      table[at] = value;
      length++;
      return true;
    },
    sorted: () => table.filter((value) => value === value).sort(),
  };
}
