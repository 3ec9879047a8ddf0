import type { Allocate } from "../../contracts/allocate.js";

/** Memory that nobody uses now, one piece for each that reads at once; what is larger than this is let go. */
const KEPT_BYTES = 1 << 26;
const spare: Uint8Array[] = [];

/**
 * Memory for one part of the data after the other, used again and again. A fresh page for each byte of each part takes longer than to fold it, and
 * V8 marks its whole heap, in threads that others could use, for each 8 MB or so of new arrays (`MinimumAllocationLimitGrowingStep`), dead ones too.
 */
export interface PartMemory extends Disposable {
  readonly allocate: Allocate;
  /** A part begins: what was allocated before is gone with what it allocates. */
  nextPart(): void;
}

/** It becomes as large as all that one part took. */
export function partMemory(): PartMemory {
  let memory = spare.pop() ?? new Uint8Array(0);
  let used = 0;
  const nextPart = (): void => {
    if (memory.byteLength < used) memory = Buffer.allocUnsafeSlow(used);
    used = 0;
  };
  return {
    nextPart,
    allocate(byteLength) {
      const from = used;
      used = Math.ceil((from + byteLength) / 8) * 8;
      return used <= memory.byteLength ? memory.subarray(from, from + byteLength) : Buffer.allocUnsafeSlow(byteLength);
    },
    [Symbol.dispose]() {
      if (used <= KEPT_BYTES) nextPart();
      if (memory.byteLength <= KEPT_BYTES) spare.push(memory);
    },
  };
}
