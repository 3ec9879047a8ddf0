/** Adds up the gradients of a leaf's rows: of each thread its own, into sums of its own. */
import { address, BLOCK_ROWS, float, int } from "./args";
import { addRun, addScattered } from "./histogram";
import { addPackedRun, addPackedScattered, unpack } from "./packed";

/** Where the thread's sums are. */
// @ts-ignore: decorator
@inline
function sumsOf(args: usize, thread: i32): usize {
  return thread === 0 ? address(args, 5) : address(args, 6) + <usize>(thread - 1) * address(args, 7);
}

/** `isPacked` is a constant where this is inlined. */
// @ts-ignore: decorator
@inline
function addRows(args: usize, thread: i32, sums: usize, isPacked: bool): void {
  const bins = address(args, 0);
  const stride = address(args, 1);
  const gradients = address(args, 2);
  const groups = int(args, 8);
  const offsets = address(args, 9);
  const buffer = address(args, 10) + <usize>thread * address(args, 11);
  if (int(args, 14) !== 0) {
    const rows = int(args, 12);
    const step = BLOCK_ROWS * int(args, 13);
    for (let first = thread * BLOCK_ROWS; first < rows; first += step) {
      const count = min(BLOCK_ROWS, rows - first);
      if (isPacked) addPackedRun(first, count, bins, stride, gradients, buffer, groups, sums, offsets);
      else addRun(first, count, bins, stride, gradients, buffer, groups, sums, offsets);
    }
    return;
  }
  const segment = address(args, 3) + (<usize>thread << 3);
  const indices = address(args, 4) + (<usize>load<u32>(segment) << 2);
  const count = load<i32>(segment, 4);
  if (isPacked) addPackedScattered(indices, count, bins, stride, gradients, buffer, groups, sums, offsets);
  else addScattered(indices, count, bins, stride, gradients, buffer, groups, sums, offsets);
}

/**
 * 0 bins, 1 stride, 2 gradients, 3 segments of the leaf, 4 indices, 5 sums of thread 0, 6 sums of thread 1, 7 bytes of sums, 8 groups of four,
 * 9 offsets, 10 buffers, 11 bytes of a buffer, 12 rows in all, 13 threads, 14 whether the leaf holds all rows.
 */
export function histogram(args: usize, thread: i32): void {
  const sums = sumsOf(args, thread);
  memory.fill(sums, 0, address(args, 7));
  addRows(args, thread, sums, false);
}

/** The same of packed pairs (2). 15 room of the threads for packed sums: half the bytes of sums each. Floats: 0 and 1 the steps of gradients and hessians. */
export function packedHistogram(args: usize, thread: i32): void {
  const size = address(args, 7);
  const packed = address(args, 15) + <usize>thread * (size >>> 1);
  memory.fill(packed, 0, size >>> 1);
  addRows(args, thread, packed, true);
  unpack(packed, sumsOf(args, thread), size, float(args, 0), float(args, 1));
}
