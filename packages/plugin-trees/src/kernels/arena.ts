import { MillraceError } from "@millrace/core";

const PAGE = 65_536;
/** Addresses of WebAssembly have 32 bits; the last page is left for what a team keeps beside. */
export const MOST_BYTES = 4 * 2 ** 30 - PAGE;

/** Where bytes are taken: in memory, or only on paper. */
export interface Taker {
  /** Bytes at an address that is a multiple of 64; not cleared. */
  take(bytes: number): number;
}

/** The memory of the kernels: taken from the front, given back from the end. */
export interface Arena extends Taker {
  readonly memory: WebAssembly.Memory;
  /** What was taken so far; `release` gives back what was taken since. */
  mark(): number;
  release(mark: number): void;
  readonly u8: (at: number, length: number) => Uint8Array;
  readonly i32: (at: number, length: number) => Int32Array;
  readonly f32: (at: number, length: number) => Float32Array;
  readonly f64: (at: number, length: number) => Float64Array;
}

/** The bytes that a plan takes. */
export function bytesOf(plan: (taker: Taker) => void): number {
  let end = 0;
  plan({
    take(bytes) {
      const at = end;
      end = Math.ceil((at + bytes) / 64) * 64;
      return at;
    },
  });
  return end;
}

/**
 * Memory of a fixed size: memory that grows is not seen at once by threads that work in it. Pages take room when they are written first, so that too large a
 * size costs nothing.
 */
export function createArena(isShared: boolean, bytes: number): Arena {
  // Kernels may read a vector beyond the end of what they were given.
  const pages = Math.ceil((bytes + 192) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: isShared });
  let end = 64;
  return {
    memory,
    take(bytes) {
      const at = end;
      end = Math.ceil((at + bytes) / 64) * 64;
      if (end + 64 > memory.buffer.byteLength) throw new RangeError(`${end} bytes were taken of ${memory.buffer.byteLength}`);
      return at;
    },
    mark: () => end,
    release: (mark) => void (end = mark),
    u8: (at, length) => new Uint8Array(memory.buffer, at, length),
    i32: (at, length) => new Int32Array(memory.buffer, at, length),
    f32: (at, length) => new Float32Array(memory.buffer, at, length),
    f64: (at, length) => new Float64Array(memory.buffer, at, length),
  };
}

/** Throws TREES_MEMORY for more than can be addressed. */
export function requireAddresses(bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new MillraceError({
    code: "TREES_MEMORY",
    message: `The training needs ${Math.ceil(bytes / 2 ** 20).toLocaleString("en-US")} MiB at once, and WebAssembly addresses 4,096 MiB.`,
    mend: "Train on fewer rows or columns, or lower `bins` or `leaves`.",
    facts: { bytes },
  });
}
