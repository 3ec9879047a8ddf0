/**
 * The best split of a leaf. Each thread looks at its share of the features; ties go to the first feature and the first cut, so that the shares
 * do not matter. A feature has `bins` cells of values and one behind them for missing values.
 */
import { address, float, int } from "./args";
import { searchCategories } from "./search-categories";
import { bounded, worthAt } from "./gain";

/** A found split: 0 gain, 8 feature, 12 last bin on the left (-1: a set of categories), 16 where missing goes (0 right, 1 left, 2: there is none), 24 left gradient, 32 left hessian, 40 left set, 72 categories without rows. */
export const FOUND_BYTES: usize = 112;

/** What holds for all cuts of a leaf, in the thread's registers or memory. */
@unmanaged
export class Leaf {
  sums: usize;
  counts: usize;
  gradient: f64;
  hessian: f64;
  rows: f64;
  least: f64;
  most: f64;
  found: usize;
  l1: f64;
  l2: f64;
  minWeight: f64;
  minRows: f64;
  smoothing: f64;
  categoryL2: f64;
  scratch: usize;
  bounded: bool;
}

// @ts-ignore: decorator
@inline
export function keep(found: usize, gain: f64, feature: i32, bin: i32, missingLeft: i32, gradient: f64, hessian: f64): void {
  store<f64>(found, gain);
  store<i32>(found, feature, 8);
  store<i32>(found, bin, 12);
  store<i32>(found, missingLeft, 16);
  store<f64>(found, gradient, 24);
  store<f64>(found, hessian, 32);
}

/** Cuts from left to right; `start` is what goes left before the first bin: nothing, or the missing values. */
function scan(leaf: Leaf, cells: usize, last: i32, feature: i32, missingLeft: i32, startGradient: f64, startHessian: f64): void {
  let best = load<f64>(leaf.found);
  let at = -1;
  let bestGradient = 0.0;
  let bestHessian = 0.0;
  if (ASC_FEATURE_SIMD) {
    const total = f64x2.replace_lane(f64x2.splat(leaf.gradient), 1, leaf.hessian);
    const l1 = f64x2.splat(leaf.l1);
    const l2 = f64x2.splat(leaf.l2);
    const least = f64x2.splat(leaf.minWeight);
    const zero = f64x2.splat(0.0);
    let left = f64x2.replace_lane(f64x2.splat(startGradient), 1, startHessian);
    for (let bin = 0; bin < last; bin++, cells += 16) {
      left = f64x2.add(left, v128.load(cells));
      const right = f64x2.sub(total, left);
      const hessians = v128.shuffle<f64>(left, right, 1, 3);
      const allowed = f64x2.ge(hessians, least);
      if (!v128.all_true<i64>(allowed)) continue;
      const gradients = f64x2.pmax(f64x2.sub(f64x2.abs(v128.shuffle<f64>(left, right, 0, 2)), l1), zero);
      const worth = f64x2.div(f64x2.mul(gradients, gradients), f64x2.add(hessians, l2));
      const gain = f64x2.extract_lane(worth, 0) + f64x2.extract_lane(worth, 1);
      if (gain > best) {
        best = gain;
        at = bin;
        bestGradient = f64x2.extract_lane(left, 0);
        bestHessian = f64x2.extract_lane(left, 1);
      }
    }
  } else {
    let gradient = startGradient;
    let hessian = startHessian;
    for (let bin = 0; bin < last; bin++, cells += 16) {
      gradient += load<f64>(cells);
      hessian += load<f64>(cells, 8);
      const rightHessian = leaf.hessian - hessian;
      if (!(hessian >= leaf.minWeight && rightHessian >= leaf.minWeight)) continue;
      const one = max(abs(gradient) - leaf.l1, 0.0);
      const other = max(abs(leaf.gradient - gradient) - leaf.l1, 0.0);
      const gain = one * one / (hessian + leaf.l2) + other * other / (rightHessian + leaf.l2);
      if (gain > best) {
        best = gain;
        at = bin;
        bestGradient = gradient;
        bestHessian = hessian;
      }
    }
  }
  if (at >= 0) keep(leaf.found, best, feature, at, missingLeft, bestGradient, bestHessian);
}

/** The same with bounds of the weights, a monotone direction, and least rows. */
function scanBounded(leaf: Leaf, cells: usize, last: i32, feature: i32, missingLeft: i32, missing: usize, direction: i32): void {
  let gradient = 0.0;
  let hessian = 0.0;
  let rows = 0.0;
  let counts = leaf.counts === 0 ? <usize>0 : leaf.counts + (cells - leaf.sums);
  // All values against the missing ones, which have no place in their order.
  const unordered = missingLeft === 0 ? last - 1 : last;
  if (missingLeft === 1) {
    gradient = load<f64>(missing);
    hessian = load<f64>(missing, 8);
    if (counts !== 0) rows = load<f64>(leaf.counts + (missing - leaf.sums));
  }
  for (let bin = 0; bin < last; bin++, cells += 16) {
    gradient += load<f64>(cells);
    hessian += load<f64>(cells, 8);
    if (counts !== 0) {
      rows += load<f64>(counts);
      counts += 16;
      if (rows < leaf.minRows || leaf.rows - rows < leaf.minRows) continue;
    }
    const rightHessian = leaf.hessian - hessian;
    if (!(hessian >= leaf.minWeight && rightHessian >= leaf.minWeight)) continue;
    const rightGradient = leaf.gradient - gradient;
    const left = bounded(gradient, hessian, leaf.l1, leaf.l2, leaf.least, leaf.most);
    const right = bounded(rightGradient, rightHessian, leaf.l1, leaf.l2, leaf.least, leaf.most);
    if (bin !== unordered && <f64>direction * (right - left) < 0.0) continue;
    const gain = worthAt(left, gradient, hessian, leaf.l1, leaf.l2) + worthAt(right, rightGradient, rightHessian, leaf.l1, leaf.l2);
    if (gain > load<f64>(leaf.found)) keep(leaf.found, gain, feature, bin, missingLeft, gradient, hessian);
  }
}

function searchNumber(leaf: Leaf, cells: usize, bins: i32, feature: i32, direction: i32): void {
  const missing = cells + (<usize>bins << 4);
  const missingGradient = load<f64>(missing);
  const missingHessian = load<f64>(missing, 8);
  const isMissing = missingHessian !== 0.0;
  // With missing values, all others against them is a cut too.
  const last = isMissing ? bins : bins - 1;
  if (leaf.bounded) {
    scanBounded(leaf, cells, last, feature, isMissing ? 0 : 2, missing, direction);
    if (isMissing) scanBounded(leaf, cells, bins - 1, feature, 1, missing, direction);
  } else {
    scan(leaf, cells, last, feature, isMissing ? 0 : 2, 0.0, 0.0);
    if (isMissing) scan(leaf, cells, bins - 1, feature, 1, missingGradient, missingHessian);
  }
}

function searchLeaf(args: usize, leaf: Leaf, from: i32, to: i32): void {
  const offsets = address(args, 5);
  const bins = address(args, 6);
  const kinds = address(args, 7);
  const allowed = address(args, 8);
  const monotone = address(args, 12);
  for (let feature = from; feature < to; feature++) {
    if (load<u8>(allowed + <usize>feature) === 0) continue;
    const cells = leaf.sums + <usize>load<u32>(offsets + (<usize>feature << 2));
    const count = load<i32>(bins + (<usize>feature << 2));
    if (load<u8>(kinds + <usize>feature) !== 0) searchCategories(leaf, cells, count, feature);
    else searchNumber(leaf, cells, count, feature, monotone === 0 ? 0 : <i32>load<i8>(monotone + <usize>feature));
  }
}

// @ts-ignore: decorator
@inline
function addRange(to: usize, from: usize, start: usize, end: usize): void {
  for (let at = start; at < end; at += 16) {
    store<f64>(to + at, load<f64>(to + at) + load<f64>(from + at));
    store<f64>(to + at, load<f64>(to + at, 8) + load<f64>(from + at, 8), 8);
  }
}

/** Parent less child, in place. */
// @ts-ignore: decorator
@inline
function takeRange(parent: usize, child: usize, start: usize, end: usize): void {
  for (let at = start; at < end; at += 16) {
    store<f64>(parent + at, load<f64>(parent + at) - load<f64>(child + at));
    store<f64>(parent + at, load<f64>(parent + at, 8) - load<f64>(child + at, 8), 8);
  }
}

/** What a leaf's numbers are in the floats of the arguments: gradient, hessian, rows, least and most weight. */
function leafAt(args: usize, scratch: usize, sums: usize, counts: usize, first: i32, found: usize): Leaf {
  const leaf = changetype<Leaf>(scratch);
  leaf.sums = sums;
  leaf.counts = counts;
  leaf.gradient = float(args, first);
  leaf.hessian = float(args, first + 1);
  leaf.rows = float(args, first + 2);
  leaf.least = float(args, first + 3);
  leaf.most = float(args, first + 4);
  leaf.found = found;
  leaf.l1 = float(args, 0);
  leaf.l2 = float(args, 1);
  leaf.minWeight = float(args, 2);
  leaf.minRows = float(args, 3);
  leaf.smoothing = float(args, 4);
  leaf.categoryL2 = float(args, 5);
  leaf.scratch = scratch + 256;
  leaf.bounded = int(args, 14) !== 0;
  store<f64>(found, -1.0);
  store<i32>(found, -1, 8);
  return leaf;
}

/**
 * Completes the sums of the leaf just added up, takes them from its parent's (which become its sibling's), and searches both.
 * 0 sums, 1 sums of the other threads, 2 bytes of sums, 3 threads, 4 the parent's sums or 0, 5 offsets, 6 bins, 7 kinds (1: categories), 8 allowed,
 * 9 features, 10 found by thread, 11 found for the sibling by thread, 12 directions or 0, 13 room of the threads, 14 whether weights or rows are
 * bounded, 15 counts or 0 (as sums), 16 counts of the other threads, 17 counts of the parent, 18 bytes of a thread's room, 19 search this, 20 search the sibling.
 * Floats: l1, l2, least weight, least rows, smoothing, l2 of categories; from 6 and from 11 the two leaves' gradient, hessian, rows, bounds.
 */
export function search(args: usize, thread: i32): void {
  const threads = int(args, 3);
  const features = int(args, 9);
  const from = features * thread / threads;
  const to = features * (thread + 1) / threads;
  const offsets = address(args, 5);
  const start = <usize>load<u32>(offsets + (<usize>from << 2));
  const end = <usize>load<u32>(offsets + (<usize>to << 2));
  const size = address(args, 2);
  const sums = address(args, 0);
  const parent = address(args, 4);
  const counts = address(args, 15);
  for (let other = 1; other < threads; other++) {
    addRange(sums, address(args, 1) + <usize>(other - 1) * size, start, end);
    if (counts !== 0) addRange(counts, address(args, 16) + <usize>(other - 1) * size, start, end);
  }
  if (parent !== 0) {
    takeRange(parent, sums, start, end);
    if (counts !== 0) takeRange(address(args, 17), counts, start, end);
  }
  const room = address(args, 13) + <usize>thread * address(args, 18);
  const found = <usize>thread * FOUND_BYTES;
  if (int(args, 19) !== 0) searchLeaf(args, leafAt(args, room, sums, counts, 6, address(args, 10) + found), from, to);
  if (int(args, 20) !== 0) searchLeaf(args, leafAt(args, room, parent, address(args, 17), 11, address(args, 11) + found), from, to);
}
