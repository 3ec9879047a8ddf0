/** From values to bins, and trees over bins. */
import { address, BLOCK_ROWS, int } from "./args";

/** Rows that are turned at once, so that what is written row by row stays in the nearest cache. */
const TILE: i32 = 256;

/** How many of `count` ascending cuts lie below the value: at most 255. NaN: all. */
// @ts-ignore: decorator
@inline
function binOf(cuts: usize, count: i32, value: f32): i32 {
  let low = 0;
  let length = count;
  while (length > 0) {
    const half = length >>> 1;
    const middle = low + half;
    // !(value <= cut), so that NaN ends behind all.
    const above = !(value <= load<f32>(cuts + (<usize>middle << 2)));
    low = select(middle + 1, low, above);
    length = select(length - half - 1, half, above);
  }
  return low;
}

/** Four values at once keep four searches in flight. The steps are the same for all: powers of two over cuts that are padded with Infinity. */
// @ts-ignore: decorator
@inline
function step(cuts: usize, low: usize, half: usize, value: f32): usize {
  return low + (value <= load<f32>(cuts + low + half - 4) ? 0 : half);
}

function numberTile(values: usize, rows: i32, cuts: usize, width: usize, bins: i32, byRow: usize, stride: usize, byColumn: usize): void {
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const at = values + (<usize>row << 2);
    const a = load<f32>(at);
    const b = load<f32>(at, 4);
    const c = load<f32>(at, 8);
    const d = load<f32>(at, 12);
    let i: usize = 0;
    let j: usize = 0;
    let k: usize = 0;
    let l: usize = 0;
    for (let half = width; half >= 4; half >>>= 1) {
      i = step(cuts, i, half, a);
      j = step(cuts, j, half, b);
      k = step(cuts, k, half, c);
      l = step(cuts, l, half, d);
    }
    const first = a === a ? <u32>(i >>> 2) : <u32>bins;
    const second = b === b ? <u32>(j >>> 2) : <u32>bins;
    const third = c === c ? <u32>(k >>> 2) : <u32>bins;
    const fourth = d === d ? <u32>(l >>> 2) : <u32>bins;
    const to = byRow + <usize>row * stride;
    store<u8>(to, <u8>first);
    store<u8>(to + stride, <u8>second);
    store<u8>(to + 2 * stride, <u8>third);
    store<u8>(to + 3 * stride, <u8>fourth);
    store<u32>(byColumn + <usize>row, first | (second << 8) | (third << 16) | (fourth << 24));
  }
  for (; row < rows; row++) {
    const value = load<f32>(values + (<usize>row << 2));
    const bin = value === value ? binOf(cuts, bins - 1, value) : bins;
    store<u8>(byRow + <usize>row * stride, <u8>bin);
    store<u8>(byColumn + <usize>row, <u8>bin);
  }
}

/**
 * 0 staged columns (4 bytes a value), 1 rows staged, 2 first row of them, 3 features, 4 by feature 16 bytes: cuts or code table, bytes of half the padded
 * cuts (0: a code table), bins, 0; 5 bins by row or 0, 6 stride, 7 bins by column, 8 rows of a column, 9 threads, 10 rows that a staged column has room for.
 */
export function quantize(args: usize, thread: i32): void {
  const rows = int(args, 1);
  const stride = address(args, 6);
  for (let start = thread * TILE; start < rows; start += TILE * int(args, 9)) {
    const count = min(TILE, rows - start);
    const row = <usize>(int(args, 2) + start);
    for (let feature = 0; feature < int(args, 3); feature++) {
      const values = address(args, 0) + (<usize>(feature * int(args, 10) + start) << 2);
      const table = address(args, 4) + (<usize>feature << 4);
      const cuts = <usize>load<u32>(table);
      const width = <usize>load<u32>(table, 4);
      const byColumn = address(args, 7) + <usize>feature * address(args, 8) + row;
      const byRow = address(args, 5) === 0 ? byColumn : address(args, 5) + row * stride + <usize>feature;
      const rowStep = address(args, 5) === 0 ? <usize>1 : stride;
      if (width !== 0) {
        numberTile(values, count, cuts, width, load<i32>(table, 8), byRow, rowStep, byColumn);
      } else {
        for (let i = 0; i < count; i++) {
          const bin = load<u8>(cuts + <usize>load<u32>(values + (<usize>i << 2)));
          store<u8>(byRow + <usize>i * rowStep, bin);
          store<u8>(byColumn + <usize>i, bin);
        }
      }
    }
  }
}

/**
 * Adds a tree's leaf values to scores of rows by their bins; `only`: rows whose byte there is 0.
 * 0 columns, 1 rows of a column, 2 rows, 3 threads, 4 nodes of 16 bytes (feature or -1, table of 256 bytes: 1 goes left; left, right), 5 values by node, 6 scores, 7 only or 0.
 */
export function addTree(args: usize, thread: i32): void {
  const columns = address(args, 0);
  const height = address(args, 1);
  const rows = int(args, 2);
  const nodes = address(args, 4);
  const only = address(args, 7);
  for (let first = thread * BLOCK_ROWS; first < rows; first += BLOCK_ROWS * int(args, 3)) {
    const end = min(first + BLOCK_ROWS, rows);
    for (let row = first; row < end; row++) {
      if (only !== 0 && load<u8>(only + <usize>row) !== 0) continue;
      let node: u32 = 0;
      for (;;) {
        const at = nodes + (<usize>node << 4);
        const feature = load<i32>(at);
        if (feature < 0) break;
        const goes = load<u8>(<usize>load<u32>(at, 4) + <usize>load<u8>(columns + <usize>feature * height + <usize>row));
        node = goes !== 0 ? load<u32>(at, 8) : load<u32>(at, 12);
      }
      const score = address(args, 6) + (<usize>row << 3);
      store<f64>(score, load<f64>(score) + load<f64>(address(args, 5) + (<usize>node << 3)));
    }
  }
}
