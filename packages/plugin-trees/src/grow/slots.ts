import type { Leaf } from "./leaf.js";

/** Places for the sums of leaves. Where there are fewer than leaves, the least promising leaf gives its own up, and is added up anew when it is split. */
export interface Slots {
  /** A free slot, or that of another leaf; never that of `kept`. */
  take(leaves: readonly Leaf[], kept: Leaf | null): number;
  free(slot: number): void;
}

export function createSlots(count: number): Slots {
  const free = Array.from({ length: count }, (_, index) => count - 1 - index);
  return {
    take(leaves, kept) {
      const slot = free.pop();
      if (slot !== undefined) return slot;
      const holders = leaves.filter((leaf) => leaf.slot !== null && leaf !== kept);
      const least = holders.reduce((one, other) => ((other.best?.gain ?? -1) < (one.best?.gain ?? -1) ? other : one));
      const taken = least.slot!;
      least.slot = null;
      return taken;
    },
    free: (slot) => void free.push(slot),
  };
}
