/**
 * Gradients as small integers, whose sums are packed in 8 bytes (Y. Shi et al., "Quantized training of gradient boosting decision trees", NeurIPS 2022): a row is 4
 * bytes, a cell of a histogram one 64-bit addition. Rounding is stochastic, so that sums are right in the mean, and seeded by row, so that no number of threads
 * changes a bit.
 */
import { address, BLOCK_ROWS, float, int } from "./args";
import { BUFFER_ROWS, CACHE_LINE, copyRow, touch } from "./histogram";

/** As mix in src/boost/sampling.ts. */
// @ts-ignore: decorator
@inline
function mix(value: u32): u32 {
  let hash = value + 0x9e3779b9;
  hash = (hash ^ (hash >>> 16)) * 0x21f0aaad;
  hash = (hash ^ (hash >>> 15)) * 0x735a2d97;
  return hash ^ (hash >>> 15);
}

const NOISE: f32 = 1.0 / 65536.0;

/** The integer below or above, each as likely as it is near: `noise` is uniform in 0 ... 2^16 - 1. */
// @ts-ignore: decorator
@inline
function rounded(value: f32, noise: u32): i32 {
  return <i32>floor(value + <f32>noise * NOISE);
}

// @ts-ignore: decorator
@inline
function mixFour(value: v128): v128 {
  let hash = i32x4.add(value, i32x4.splat(0x9e3779b9));
  hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 16)), i32x4.splat(0x21f0aaad));
  hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 15)), i32x4.splat(0x735a2d97));
  return v128.xor(hash, i32x4.shr_u(hash, 15));
}

// @ts-ignore: decorator
@inline
function roundedFour(values: v128, noise: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(values, f32x4.mul(f32x4.convert_i32x4_s(noise), f32x4.splat(NOISE)))));
}

/** The same bits, four rows at once. Returns the first row that is left. */
function packFour(pairs: usize, numbers: usize, packed: usize, first: i32, end: i32, key: u32, gradientFactor: f32, hessianFactor: f32): i32 {
  let row = first;
  for (; row + 3 < end; row += 4) {
    const at = <usize>row << 3;
    const noise = mixFour(v128.xor(i32x4.splat(key), v128.shuffle<i32>(v128.load(numbers + at), v128.load(numbers + at, 16), 0, 2, 4, 6)));
    const one = v128.load(pairs + at);
    const other = v128.load(pairs + at, 16);
    const gradients = f32x4.mul(v128.shuffle<f32>(one, other, 0, 2, 4, 6), f32x4.splat(gradientFactor));
    const hessians = f32x4.mul(v128.shuffle<f32>(one, other, 1, 3, 5, 7), f32x4.splat(hessianFactor));
    const low = v128.and(roundedFour(gradients, v128.and(noise, i32x4.splat(0xffff))), i32x4.splat(0xffff));
    v128.store(packed + (<usize>row << 2), v128.or(low, i32x4.shl(roundedFour(hessians, i32x4.shr_u(noise, 16)), 16)));
  }
  return row;
}

/**
 * Rounds the pairs to whole steps. 0 pairs, 1 rows, 2 threads, 3 packed pairs (4 bytes a row: gradient, then hessian), 4 the numbers of the rows (8 bytes each),
 * which rows keep wherever they lie, 5 key of the round. Floats: 0 and 1 one over the steps of gradients and hessians.
 */
export function packGradients(args: usize, thread: i32): void {
  const rows = int(args, 1);
  const key = <u32>int(args, 5);
  const gradientFactor = <f32>float(args, 0);
  const hessianFactor = <f32>float(args, 1);
  for (let first = thread * BLOCK_ROWS; first < rows; first += BLOCK_ROWS * int(args, 2)) {
    const end = min(first + BLOCK_ROWS, rows);
    let row = first;
    if (ASC_FEATURE_SIMD) row = packFour(address(args, 0), address(args, 4), address(args, 3), first, end, key, gradientFactor, hessianFactor);
    for (; row < end; row++) {
      const at = address(args, 0) + (<usize>row << 3);
      const noise = mix(key ^ load<u32>(address(args, 4) + (<usize>row << 3)));
      const gradient = rounded(load<f32>(at) * gradientFactor, noise & 0xffff);
      const hessian = rounded(load<f32>(at, 4) * hessianFactor, noise >>> 16);
      store<i32>(address(args, 3) + (<usize>row << 2), (gradient & 0xffff) | (hessian << 16));
    }
  }
}

/** Gradient and hessian in one number: added up, the lower half is the sum of the hessians, and what is above it, once that is taken away, the sum of the gradients. */
// @ts-ignore: decorator
@inline
function wide(pair: i32): i64 {
  return (<i64>(<i16>(pair & 0xffff)) << 32) + <i64>(pair >> 16);
}

// @ts-ignore: decorator
@inline
function add(at: usize, pair: i64): void {
  store<i64>(at, load<i64>(at) + pair);
}

// @ts-ignore: decorator
@inline
function addRow(four: u32, pair: i64, first: usize, second: usize, third: usize, fourth: usize): void {
  add(first + <usize>((four & 0xff) << 3), pair);
  add(second + <usize>((four >>> 5) & 0x7f8), pair);
  add(third + <usize>((four >>> 13) & 0x7f8), pair);
  add(fourth + <usize>((four >>> 21) & 0x7f8), pair);
}

/** Adds the rows' pairs to four features' sums, two rows a turn. */
function addFour(bins: usize, stride: usize, pairs: usize, rows: i32, sums: usize, offsets: usize): void {
  const first = sums + <usize>(load<u32>(offsets) >>> 1);
  const second = sums + <usize>(load<u32>(offsets, 4) >>> 1);
  const third = sums + <usize>(load<u32>(offsets, 8) >>> 1);
  const fourth = sums + <usize>(load<u32>(offsets, 12) >>> 1);
  const end = pairs + (<usize>rows << 3);
  const even = pairs + (<usize>(rows & ~1) << 3);
  for (; pairs < even; pairs += 16) {
    const next = bins + stride;
    addRow(load<u32>(bins), load<i64>(pairs), first, second, third, fourth);
    addRow(load<u32>(next), load<i64>(pairs, 8), first, second, third, fourth);
    bins = next + stride;
  }
  if (pairs < end) addRow(load<u32>(bins), load<i64>(pairs), first, second, third, fourth);
}

export function addPackedScattered(indices: usize, rows: i32, bins: usize, stride: usize, packed: usize, buffer: usize, groups: i32, sums: usize, offsets: usize): void {
  const pairs = buffer + ((<usize>BUFFER_ROWS * stride + 31) & ~15);
  for (let start = 0; start < rows; start += BUFFER_ROWS) {
    const count = min(BUFFER_ROWS, rows - start);
    let index = indices + (<usize>start << 2);
    let to = buffer;
    let pair = pairs;
    const last = index + (<usize>count << 2);
    for (let line: usize = 0; line < stride; line += CACHE_LINE) store<u32>(buffer, touch(index, last, bins + line, stride, packed, 2));
    while (index < last) {
      const row = <usize>load<u32>(index);
      copyRow(bins + row * stride, to, stride);
      store<i64>(pair, wide(load<i32>(packed + (row << 2))));
      index += 4;
      to += stride;
      pair += 8;
    }
    for (let group = 0; group < groups; group++) addFour(buffer + (<usize>group << 2), stride, pairs, count, sums, offsets + (<usize>group << 4));
  }
}

export function addPackedRun(first: i32, rows: i32, bins: usize, stride: usize, packed: usize, buffer: usize, groups: i32, sums: usize, offsets: usize): void {
  for (let start = first; start < first + rows; start += BUFFER_ROWS) {
    const count = min(BUFFER_ROWS, first + rows - start);
    for (let row = 0; row < count; row++) store<i64>(buffer + (<usize>row << 3), wide(load<i32>(packed + (<usize>(start + row) << 2))));
    for (let group = 0; group < groups; group++) addFour(bins + <usize>start * stride + (<usize>group << 2), stride, buffer, count, sums, offsets + (<usize>group << 4));
  }
}

/** The sums as float64 pairs, which hold them exactly: steps are powers of two. */
export function unpack(from: usize, to: usize, size: usize, gradientStep: f64, hessianStep: f64): void {
  for (const end = to + size; to < end; to += 16, from += 8) {
    const both = load<i64>(from);
    const hessian = <i32>both;
    store<f64>(to, <f64>(<i32>((both - <i64>hessian) >> 32)) * gradientStep);
    store<f64>(to, <f64>hessian * hessianStep, 8);
  }
}
