/** What a kernel is given: 32 integers and 16 floats in shared memory, the same for all threads. See src/kernels/team.ts. */

// @ts-ignore: decorator
@inline
export function int(args: usize, index: i32): i32 {
  return load<i32>(args + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function address(args: usize, index: i32): usize {
  return <usize>load<u32>(args + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function float(args: usize, index: i32): f64 {
  return load<f64>(args + 128 + (<usize>index << 3));
}

/** Rows belong to threads by blocks in turn, so that each thread has a fair share of any leaf, also where rows are sorted. */
export const BLOCK_ROWS: i32 = 1024;
