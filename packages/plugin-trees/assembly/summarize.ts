/**
 * The distinct values of a column with their weights, in order, or fewer that stand for them: the ground of the quantile sketch (src/bins/summary.ts). Float32 values become integers
 * of the same order, which are sorted digit by digit, 11 bits at a time (least significant first; places where all agree are passed over).
 */
import { address, int } from "./args";
import { prune } from "./summary";

// @ts-ignore: decorator
@inline
function keyOf(value: f32): u32 {
  // -0 is 0.
  const bits = reinterpret<u32>(value + 0.0);
  return bits & 0x80000000 ? ~bits : bits | 0x80000000;
}

// @ts-ignore: decorator
@inline
function valueOf(key: u32): f32 {
  return reinterpret<f32>(key & 0x80000000 ? key ^ 0x80000000 : ~key);
}

/** Keys above, places below. */
function sortPass(from: usize, to: usize, count: i32, shift: i32, counts: usize): void {
  let sum: i32 = 0;
  for (let digit: usize = 0; digit < 2048; digit++) {
    const here = load<i32>(counts + (digit << 2));
    store<i32>(counts + (digit << 2), sum);
    sum += here;
  }
  const end = from + (<usize>count << 3);
  for (let at = from; at < end; at += 8) {
    const item = load<u64>(at);
    const slot = counts + (<usize>((<u32>(item >>> 32) >>> shift) & 2047) << 2);
    const place = load<i32>(slot);
    store<i32>(slot, place + 1);
    store<u64>(to + (<usize>place << 3), item);
  }
}

function sortKeys(from: usize, to: usize, count: i32, shift: i32, counts: usize): void {
  let sum: i32 = 0;
  for (let digit: usize = 0; digit < 2048; digit++) {
    const here = load<i32>(counts + (digit << 2));
    store<i32>(counts + (digit << 2), sum);
    sum += here;
  }
  const end = from + (<usize>count << 2);
  for (let at = from; at < end; at += 4) {
    const key = load<u32>(at);
    const slot = counts + (<usize>((key >>> shift) & 2047) << 2);
    const place = load<i32>(slot);
    store<i32>(slot, place + 1);
    store<u32>(to + (<usize>place << 2), key);
  }
}

// @ts-ignore: decorator
@inline
function countDigit(counts: usize, digit: u32): void {
  const at = counts + (<usize>(digit & 2047) << 2);
  store<i32>(at, load<i32>(at) + 1);
}

/** Whether one digit has all. */
// @ts-ignore: decorator
@inline
function isOne(counts: usize, first: u32, count: i32): bool {
  return load<i32>(counts + (<usize>(first & 2047) << 2)) === count;
}

/** Values without NaN into sorted keys; returns where they lie, and stores how many at `room`. */
function sortedKeys(values: usize, rows: i32, weights: usize, room: usize, capacity: i32): usize {
  const counts = room + 16;
  memory.fill(counts, 0, 3 * 8192);
  let from = counts + 3 * 8192;
  let to = from + (<usize>capacity << 3);
  const isWeighted = weights !== 0;
  let count = 0;
  let first: u32 = 0;
  for (let row = 0; row < rows; row++) {
    const value = load<f32>(values + (<usize>row << 2));
    if (value !== value) continue;
    if (isWeighted && load<f64>(weights + (<usize>row << 3)) === 0.0) continue;
    const key = keyOf(value);
    if (isWeighted) store<u64>(from + (<usize>count << 3), (<u64>key << 32) | <u64>row);
    else store<u32>(from + (<usize>count << 2), key);
    countDigit(counts, key);
    countDigit(counts + 8192, key >>> 11);
    countDigit(counts + 16384, key >>> 22);
    first = key;
    count++;
  }
  for (let pass = 0; pass < 3; pass++) {
    if (count === 0 || isOne(counts + <usize>(pass * 8192), first >>> (11 * pass), count)) continue;
    if (isWeighted) sortPass(from, to, count, 11 * pass, counts + <usize>(pass * 8192));
    else sortKeys(from, to, count, 11 * pass, counts + <usize>(pass * 8192));
    const swap = from;
    from = to;
    to = swap;
  }
  store<i32>(room, count);
  return from;
}

/** Distinct values and weights of one column; returns how many. */
function distinct(values: usize, rows: i32, weights: usize, outValues: usize, outWeights: usize, room: usize, capacity: i32): i32 {
  const keys = sortedKeys(values, rows, weights, room, capacity);
  const count = load<i32>(room);
  let found = -1;
  let last: u32 = 0;
  for (let i = 0; i < count; i++) {
    const item = weights === 0 ? 0 : load<u64>(keys + (<usize>i << 3));
    const key = weights === 0 ? load<u32>(keys + (<usize>i << 2)) : <u32>(item >>> 32);
    const weight = weights === 0 ? 1.0 : load<f64>(weights + (<usize>(<u32>item) << 3));
    if (found >= 0 && key === last) {
      const at = outWeights + (<usize>found << 3);
      store<f64>(at, load<f64>(at) + weight);
      continue;
    }
    found++;
    last = key;
    store<f32>(outValues + (<usize>found << 2), valueOf(key));
    store<f64>(outWeights + (<usize>found << 3), weight);
  }
  return found + 1;
}

/**
 * Each thread takes columns in turn. 0 staged columns, 1 rows, 2 columns, 3 threads, 4 weights or 0, 5 rows that a staged column has room for,
 * 6 distinct values out (as staged), 7 their weights out (8 bytes each), 8 counts out, 9 room by thread, 10 bytes of a thread's room,
 * 11 most values that are kept.
 */
export function summarize(args: usize, thread: i32): void {
  const capacity = int(args, 5);
  const room = address(args, 9) + <usize>thread * address(args, 10);
  for (let column = thread; column < int(args, 2); column += int(args, 3)) {
    const place = <usize>(column * capacity);
    const count = distinct(address(args, 0) + (place << 2), int(args, 1), address(args, 4), address(args, 6) + (place << 2), address(args, 7) + (place << 3), room, capacity);
    store<i32>(address(args, 8) + (<usize>column << 2), prune(address(args, 6) + (place << 2), address(args, 7) + (place << 3), count, int(args, 11)));
  }
}
