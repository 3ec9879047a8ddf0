import type { Allocate } from "../../contracts/artifact-store.js";

/** Memory that nobody uses now, one piece for each that reads at once; what is larger than this is let go. */
const KEPT_BYTES = 1 << 26;
const spare: Uint8Array[] = [];

/** Memory for one part of the data after the other, used again and again: a fresh page for each byte of each part takes longer than to fold it. What was read into it is gone with the next. */
export interface PartMemory extends Disposable {
  readonly allocate: Allocate;
}

export function partMemory(): PartMemory {
  let memory = spare.pop() ?? new Uint8Array(0);
  return {
    allocate(byteLength) {
      if (memory.byteLength < byteLength) memory = Buffer.allocUnsafeSlow(byteLength);
      return memory.subarray(0, byteLength);
    },
    [Symbol.dispose]() {
      if (memory.byteLength <= KEPT_BYTES) spare.push(memory);
    },
  };
}
