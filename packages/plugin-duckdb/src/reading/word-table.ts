/** A hash table from four 32-bit words to a code above 0, open addressing with linear probing, grown at half full. */
export interface WordTable {
  /** The slot that holds the words, or the free one where they belong. */
  find(a: number, b: number, c: number, d: number): number;
  /** 0: the slot is free. */
  codeAt(slot: number): number;
  insert(slot: number, a: number, b: number, c: number, d: number, code: number): void;
  clear(): void;
}

const START_SLOTS = 4096;

export function createWordTable(): WordTable {
  let slots = START_SLOTS;
  let keys = new Int32Array(4 * slots);
  let codes = new Int32Array(slots);
  let used = 0;

  const find = (a: number, b: number, c: number, d: number): number => {
    // Odd constants of Murmur3 and xxHash; the shifts bring the high bits down to where the mask looks.
    let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(c ^ Math.imul(d, 0xc2b2ae35), 0x27d4eb2f);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x85ebca77);
    let slot = (hash ^ (hash >>> 13)) & (slots - 1);
    while (codes[slot] !== 0) {
      const at = 4 * slot;
      if (keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d && keys[at] === a) return slot;
      slot = (slot + 1) & (slots - 1);
    }
    return slot;
  };
  const put = (slot: number, a: number, b: number, c: number, d: number, code: number): void => {
    keys[4 * slot] = a;
    keys[4 * slot + 1] = b;
    keys[4 * slot + 2] = c;
    keys[4 * slot + 3] = d;
    codes[slot] = code;
    used++;
  };
  const grow = (): void => {
    const [oldKeys, oldCodes] = [keys, codes];
    slots *= 2;
    keys = new Int32Array(4 * slots);
    codes = new Int32Array(slots);
    used = 0;
    for (let slot = 0; slot < oldCodes.length; slot++) {
      if (oldCodes[slot] === 0) continue;
      const [a, b, c, d] = [oldKeys[4 * slot]!, oldKeys[4 * slot + 1]!, oldKeys[4 * slot + 2]!, oldKeys[4 * slot + 3]!];
      put(find(a, b, c, d), a, b, c, d, oldCodes[slot]!);
    }
  };

  return {
    find,
    codeAt: (slot) => codes[slot]!,
    insert(slot, a, b, c, d, code) {
      put(slot, a, b, c, d, code);
      if (2 * used > slots) grow();
    },
    clear() {
      if (used === 0) return;
      if (slots > START_SLOTS) {
        slots = START_SLOTS;
        keys = new Int32Array(4 * slots);
        codes = new Int32Array(slots);
      } else codes.fill(0);
      used = 0;
    },
  };
}
