/** Rows of leaves: each thread keeps its own rows of a leaf as one run of its index array, in ascending order. */
import { address, BLOCK_ROWS, int } from "./args";

/** The root: the thread's rows, or those that are in the bag. 0 indices, 1 segments of the leaf, 2 rows in all, 3 threads, 4 bag or 0, 5 first places by thread. */
export function root(args: usize, thread: i32): void {
  const rows = int(args, 2);
  const step = BLOCK_ROWS * int(args, 3);
  const bag = address(args, 4);
  const begin = load<u32>(address(args, 5) + (<usize>thread << 2));
  const start = address(args, 0) + (<usize>begin << 2);
  let to = start;
  for (let first = thread * BLOCK_ROWS; first < rows; first += step) {
    const end = min(first + BLOCK_ROWS, rows);
    for (let row = first; row < end; row++) {
      store<i32>(to, row);
      to += bag === 0 ? 4 : <usize>load<u8>(bag + <usize>row) << 2;
    }
  }
  const segment = address(args, 1) + (<usize>thread << 3);
  store<u32>(segment, begin);
  store<i32>(segment, <i32>((to - start) >>> 2), 4);
}

/**
 * Splits the thread's rows of a leaf: the left ones stay at the front, the right ones follow, both in their order.
 * 0 indices, 1 segments of the leaf (becomes the left one), 2 segments of the right leaf, 3 the feature's column of bins, 4 by bin: 1 goes left, 5 room for as many indices.
 */
export function partition(args: usize, thread: i32): void {
  const segment = address(args, 1) + (<usize>thread << 3);
  const begin = load<u32>(segment);
  const rows = load<i32>(segment, 4);
  const column = address(args, 3);
  const goesLeft = address(args, 4);
  const start = address(args, 0) + (<usize>begin << 2);
  const room = address(args, 5) + (<usize>begin << 2);
  const end = start + (<usize>rows << 2);
  let left = start;
  let right = room;
  for (let at = start; at < end; at += 4) {
    const row = load<u32>(at);
    const goes = <usize>load<u8>(goesLeft + <usize>load<u8>(column + <usize>row)) << 2;
    // Both are written; the one that it does not belong to is written over.
    store<u32>(right, row);
    store<u32>(left, row);
    left += goes;
    right += 4 - goes;
  }
  memory.copy(left, room, right - room);
  const lefts = <i32>((left - start) >>> 2);
  store<i32>(segment, lefts, 4);
  const other = address(args, 2) + (<usize>thread << 3);
  store<u32>(other, begin + <u32>lefts);
  store<i32>(other, rows - lefts, 4);
}

/** Adds each leaf's value to the scores of its rows. 0 indices, 1 segments of all leaves, 2 leaves, 3 values of the leaves, 4 scores, 5 threads. */
export function addLeaves(args: usize, thread: i32): void {
  const indices = address(args, 0);
  const leaves = int(args, 2);
  const scores = address(args, 4);
  const threads = int(args, 5);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const value = load<f64>(address(args, 3) + (<usize>leaf << 3));
    const segment = address(args, 1) + (<usize>(leaf * threads + thread) << 3);
    let at = indices + (<usize>load<u32>(segment) << 2);
    const end = at + (<usize>load<u32>(segment, 4) << 2);
    for (; at < end; at += 4) {
      const score = scores + (<usize>load<u32>(at) << 3);
      store<f64>(score, load<f64>(score) + value);
    }
  }
}
