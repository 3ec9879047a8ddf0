/** Rows in another order, by `order`: the old place of each new row. Each thread takes blocks of new rows in turn. */
import { address, BLOCK_ROWS, int } from "./args";

/** Rows that are turned at once, so that what is written row by row stays in the nearest cache. */
const TILE: i32 = 128;

/** Bins row after row, in the new order, from those by column, in the old one. 0 order, 1 rows, 2 threads, 3 columns, 4 by column, 5 bytes of a column, 6 by row, 7 stride. */
export function arrangeRows(args: usize, thread: i32): void {
  const rows = int(args, 1);
  const stride = address(args, 7);
  for (let first = thread * BLOCK_ROWS; first < rows; first += BLOCK_ROWS * int(args, 2)) {
    const end = min(first + BLOCK_ROWS, rows);
    for (let start = first; start < end; start += TILE) {
      const order = address(args, 0) + (<usize>start << 2);
      const last = order + (<usize>min(TILE, end - start) << 2);
      for (let column = 0; column < int(args, 3); column++) {
        const bins = address(args, 4) + <usize>column * address(args, 5);
        let to = address(args, 6) + <usize>start * stride + <usize>column;
        for (let at = order; at < last; at += 4) {
          store<u8>(to, load<u8>(bins + <usize>load<u32>(at)));
          to += stride;
        }
      }
    }
  }
}

/** Bins by column from those row after row; arguments as above. */
export function arrangeColumns(args: usize, thread: i32): void {
  const rows = int(args, 1);
  const stride = address(args, 7);
  for (let first = thread * BLOCK_ROWS; first < rows; first += BLOCK_ROWS * int(args, 2)) {
    const end = min(first + BLOCK_ROWS, rows);
    for (let start = first; start < end; start += TILE) {
      const count = <usize>min(TILE, end - start);
      for (let column = 0; column < int(args, 3); column++) {
        let from = address(args, 6) + <usize>start * stride + <usize>column;
        let to = address(args, 4) + <usize>column * address(args, 5) + <usize>start;
        for (const past = to + count; to < past; to++) {
          store<u8>(to, load<u8>(from));
          from += stride;
        }
      }
    }
  }
}

/** What is 8 bytes a row. 0 order, 1 rows, 2 threads, 3 from, 4 to. */
export function arrangeNumbers(args: usize, thread: i32): void {
  const rows = int(args, 1);
  for (let first = thread * BLOCK_ROWS; first < rows; first += BLOCK_ROWS * int(args, 2)) {
    const end = min(first + BLOCK_ROWS, rows);
    for (let row = first; row < end; row++) {
      const old = <usize>load<u32>(address(args, 0) + (<usize>row << 2));
      store<u64>(address(args, 4) + (<usize>row << 3), load<u64>(address(args, 3) + (old << 3)));
    }
  }
}
