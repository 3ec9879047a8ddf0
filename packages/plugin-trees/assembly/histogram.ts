/**
 * Histograms of gradients: for each feature and bin the sums of (gradient, hessian), as float64 pairs of 16 bytes. The summands lie on a
 * grid on which sums are exact (see gradients.ts), so that neither the order of the rows nor the number of threads changes a bit.
 *
 * Rows of a leaf are scattered, and WebAssembly cannot prefetch: the bins of some rows are copied into a small buffer first (many loads in
 * flight at once), then four features at a time are accumulated from there, while their 16 KiB of sums stay in the nearest cache.
 */
/** Rows that are copied at once. */
export const BUFFER_ROWS: i32 = 512;
export const CACHE_LINE: usize = 64;

/** Adds a row's pair to the sums of four features, whose bins are the bytes of `four`. */
// @ts-ignore: decorator
@inline
function addRow(four: u32, pair: usize, first: usize, second: usize, third: usize, fourth: usize): void {
  const a = first + <usize>((four & 0xff) << 4);
  const b = second + <usize>((four >>> 4) & 0xff0);
  const c = third + <usize>((four >>> 12) & 0xff0);
  const d = fourth + <usize>((four >>> 20) & 0xff0);
  if (ASC_FEATURE_SIMD) {
    const both = v128.load(pair);
    v128.store(a, f64x2.add(v128.load(a), both));
    v128.store(b, f64x2.add(v128.load(b), both));
    v128.store(c, f64x2.add(v128.load(c), both));
    v128.store(d, f64x2.add(v128.load(d), both));
  } else {
    addPair(a, load<f64>(pair), load<f64>(pair, 8));
    addPair(b, load<f64>(pair), load<f64>(pair, 8));
    addPair(c, load<f64>(pair), load<f64>(pair, 8));
    addPair(d, load<f64>(pair), load<f64>(pair, 8));
  }
}

// @ts-ignore: decorator
@inline
function addPair(at: usize, gradient: f64, hessian: f64): void {
  store<f64>(at, load<f64>(at) + gradient);
  store<f64>(at, load<f64>(at, 8) + hessian, 8);
}

/** Adds the rows' pairs to four features' sums, two rows a turn; `bins` is the first row's byte of the first of the four. */
function addFour(bins: usize, stride: usize, pairs: usize, rows: i32, sums: usize, offsets: usize): void {
  const first = sums + <usize>load<u32>(offsets);
  const second = sums + <usize>load<u32>(offsets, 4);
  const third = sums + <usize>load<u32>(offsets, 8);
  const fourth = sums + <usize>load<u32>(offsets, 12);
  const end = pairs + (<usize>rows << 4);
  const even = pairs + (<usize>(rows & ~1) << 4);
  for (; pairs < even; pairs += 32) {
    const next = bins + stride;
    addRow(load<u32>(bins), pairs, first, second, third, fourth);
    addRow(load<u32>(next), pairs + 16, first, second, third, fourth);
    bins = next + stride;
  }
  if (pairs < end) addRow(load<u32>(bins), pairs, first, second, third, fourth);
}

// @ts-ignore: decorator
@inline
function widen(from: usize, to: usize): void {
  if (ASC_FEATURE_SIMD) {
    v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
  } else {
    store<f64>(to, <f64>load<f32>(from));
    store<f64>(to, <f64>load<f32>(from, 4), 8);
  }
}

// @ts-ignore: decorator
@inline
export function copyRow(from: usize, to: usize, stride: usize): void {
  if (ASC_FEATURE_SIMD) {
    // Beyond the stride it writes what the next row overwrites.
    for (let at: usize = 0; at < stride; at += 16) v128.store(to + at, v128.load(from + at));
  } else {
    for (let at: usize = 0; at < stride; at += 4) store<u32>(to + at, load<u32>(from + at));
  }
}

/** Bytes of a thread's buffer for rows of `stride` bytes: bins, then pairs. */
// @ts-ignore: decorator
@inline
function pairsOf(buffer: usize, stride: usize): usize {
  return buffer + ((<usize>BUFFER_ROWS * stride + 31) & ~15);
}

/**
 * Reads a byte of each row's bins and of its gradients: so short a loop keeps as many cache misses in flight as the processor can, which copying does not
 * (WebAssembly has no prefetch). `shift`: gradients take 2^shift bytes a row.
 */
// @ts-ignore: decorator
@inline
export function touch(indices: usize, end: usize, bins: usize, stride: usize, gradients: usize, shift: usize): u32 {
  let seen: u32 = 0;
  for (let at = indices; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    seen |= <u32>load<u8>(bins + row * stride) | <u32>load<u8>(gradients + (row << shift));
  }
  return seen;
}

export function addScattered(indices: usize, rows: i32, bins: usize, stride: usize, gradients: usize, buffer: usize, groups: i32, sums: usize, offsets: usize): void {
  const pairs = pairsOf(buffer, stride);
  for (let start = 0; start < rows; start += BUFFER_ROWS) {
    const count = min(BUFFER_ROWS, rows - start);
    let index = indices + (<usize>start << 2);
    let to = buffer;
    let pair = pairs;
    const last = index + (<usize>count << 2);
    for (let line: usize = 0; line < stride; line += CACHE_LINE) store<u32>(buffer, touch(index, last, bins + line, stride, gradients, 3));
    while (index < last) {
      const row = <usize>load<u32>(index);
      copyRow(bins + row * stride, to, stride);
      widen(gradients + (row << 3), pair);
      index += 4;
      to += stride;
      pair += 16;
    }
    for (let group = 0; group < groups; group++) addFour(buffer + (<usize>group << 2), stride, pairs, count, sums, offsets + (<usize>group << 4));
  }
}

export function addRun(first: i32, rows: i32, bins: usize, stride: usize, gradients: usize, buffer: usize, groups: i32, sums: usize, offsets: usize): void {
  for (let start = first; start < first + rows; start += BUFFER_ROWS) {
    const count = min(BUFFER_ROWS, first + rows - start);
    for (let row = 0; row < count; row++) widen(gradients + (<usize>(start + row) << 3), buffer + (<usize>row << 4));
    for (let group = 0; group < groups; group++) addFour(bins + <usize>start * stride + (<usize>group << 2), stride, buffer, count, sums, offsets + (<usize>group << 4));
  }
}
