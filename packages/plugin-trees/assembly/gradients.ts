/**
 * Gradients and hessians of the loss, as float32 pairs. They are rounded to a grid so coarse that float64 sums of all rows are exact (pre-rounding,
 * as J. Demmel and H. D. Nguyen, "Fast reproducible floating-point summation", 2013): then no order of summation, and no number of threads, changes a bit.
 * One part in 2^32 of the greatest gradient is left at a million rows, finer than float32 itself is there.
 */
import { address, BLOCK_ROWS, float, int } from "./args";
import { exp, expPair, log } from "./exp";

/** As OBJECTIVES in src/boost/objectives.ts. */
const SQUARED: i32 = 0;
const ABSOLUTE: i32 = 1;
const HUBER: i32 = 2;
const QUANTILE: i32 = 3;
const POISSON: i32 = 4;
const LOGISTIC: i32 = 5;
const SOFTMAX: i32 = 6;

const LEAST_HESSIAN: f64 = 1e-16;
/** e^0.7: Poisson's hessian is taken a step of 0.7 ahead, or steps from small means are far too long (XGBoost and LightGBM do the same). */
const POISSON_STEP: f64 = 2.0137527074704766;

/** Rounds to float32, then to the grid that `magic` (1.5 * 2^52 grid steps) stands for; 0: no grid yet. */
// @ts-ignore: decorator
@inline
function onGrid(value: f64, magic: f64): f64 {
  return <f64>(<f32>value) + magic - magic;
}

// @ts-ignore: decorator
@inline
function storePair(at: usize, gradient: f64, hessian: f64, weight: f64, isWeighted: bool, args: usize): void {
  let g = onGrid(gradient, float(args, 0));
  let h = onGrid(hessian, float(args, 1));
  if (isWeighted) {
    g = onGrid(g * weight, float(args, 0));
    h = onGrid(h * weight, float(args, 1));
  }
  store<f32>(at, <f32>g);
  store<f32>(at, <f32>h, 4);
}

/** The common case, unweighted logistic loss, two rows at once. Returns the first row that is left. */
function logisticPairs(scores: usize, targets: usize, pairs: usize, first: i32, end: i32, gradientMagic: f64, hessianMagic: f64): i32 {
  const one = f64x2.splat(1.0);
  const least = f64x2.splat(LEAST_HESSIAN);
  const gridOfGradients = f64x2.splat(gradientMagic);
  const gridOfHessians = f64x2.splat(hessianMagic);
  let row = first;
  for (; row + 1 < end; row += 2) {
    const at = <usize>row << 3;
    const p = f64x2.div(one, f64x2.add(one, expPair(f64x2.neg(v128.load(scores + at)))));
    const gradient = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.sub(p, v128.load(targets + at))));
    const hessian = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.pmax(f64x2.mul(p, f64x2.sub(one, p)), least)));
    const g = f32x4.demote_f64x2_zero(f64x2.sub(f64x2.add(gradient, gridOfGradients), gridOfGradients));
    const h = f32x4.demote_f64x2_zero(f64x2.sub(f64x2.add(hessian, gridOfHessians), gridOfHessians));
    v128.store(pairs + at, v128.shuffle<f32>(g, h, 0, 4, 1, 5));
  }
  return row;
}

function oneRow(objective: i32, at: usize, score: f64, target: f64, weight: f64, isWeighted: bool, args: usize, normalizer: f64): void {
  const residual = score - target;
  if (objective === LOGISTIC) {
    const p = 1.0 / (1.0 + exp(-score));
    storePair(at, p - target, max(p * (1.0 - p), LEAST_HESSIAN), weight, isWeighted, args);
  } else if (objective === SQUARED) {
    storePair(at, residual, 1.0, weight, isWeighted, args);
  } else if (objective === ABSOLUTE) {
    storePair(at, residual > 0.0 ? 1.0 : residual < 0.0 ? -1.0 : 0.0, 1.0, weight, isWeighted, args);
  } else if (objective === HUBER) {
    storePair(at, min(max(residual, -float(args, 2)), float(args, 2)), 1.0, weight, isWeighted, args);
  } else if (objective === QUANTILE) {
    storePair(at, residual >= 0.0 ? 1.0 - float(args, 2) : -float(args, 2), 1.0, weight, isWeighted, args);
  } else if (objective === POISSON) {
    const mean = exp(score);
    storePair(at, mean - target, mean * POISSON_STEP, weight, isWeighted, args);
  } else {
    const p = exp(score - normalizer);
    storePair(at, p - (target === float(args, 2) ? 1.0 : 0.0), max(p * (1.0 - p), LEAST_HESSIAN) * float(args, 3), weight, isWeighted, args);
  }
}

/**
 * 0 objective, 1 scores, 2 targets, 3 weights or 0, 4 pairs, 5 rows, 6 threads, 7 of softmax: each row's normalizer.
 * Floats: 0 and 1 the grids of gradients and hessians, 2 the loss's own number (quantile, Huber's delta, the class), 3 softmax's factor of hessians.
 */
export function gradients(args: usize, thread: i32): void {
  const objective = int(args, 0);
  const scores = address(args, 1);
  const targets = address(args, 2);
  const weights = address(args, 3);
  const pairs = address(args, 4);
  const rows = int(args, 5);
  const step = BLOCK_ROWS * int(args, 6);
  const normalizers = address(args, 7);
  for (let first = thread * BLOCK_ROWS; first < rows; first += step) {
    const end = min(first + BLOCK_ROWS, rows);
    let row = first;
    if (ASC_FEATURE_SIMD) {
      if (objective === LOGISTIC && weights === 0) row = logisticPairs(scores, targets, pairs, first, end, float(args, 0), float(args, 1));
    }
    for (; row < end; row++) {
      const at = <usize>row << 3;
      const weight = weights === 0 ? 1.0 : load<f64>(weights + at);
      oneRow(objective, pairs + at, load<f64>(scores + at), load<f64>(targets + at), weight, weights !== 0, args, objective === SOFTMAX ? load<f64>(normalizers + at) : 0.0);
    }
  }
}

/** The greatest absolute gradient and hessian of the thread's rows. 0 pairs, 1 rows, 2 threads, 3 results: two floats by thread. */
export function extremes(args: usize, thread: i32): void {
  const rows = int(args, 1);
  const step = BLOCK_ROWS * int(args, 2);
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  for (let first = thread * BLOCK_ROWS; first < rows; first += step) {
    const end = address(args, 0) + (<usize>min(first + BLOCK_ROWS, rows) << 3);
    for (let at = address(args, 0) + (<usize>first << 3); at < end; at += 8) {
      gradient = max(gradient, abs(<f64>load<f32>(at)));
      hessian = max(hessian, abs(<f64>load<f32>(at, 4)));
    }
  }
  store<f64>(address(args, 3) + (<usize>thread << 4), gradient);
  store<f64>(address(args, 3) + (<usize>thread << 4), hessian, 8);
}

/** Multiplies the pairs by a factor of each row (0: all by 1) and rounds them to the grid. 0 pairs, 1 rows, 2 threads, 3 factors (float32) or 0. Floats: the grids. */
export function settle(args: usize, thread: i32): void {
  const rows = int(args, 1);
  const step = BLOCK_ROWS * int(args, 2);
  const factors = address(args, 3);
  for (let first = thread * BLOCK_ROWS; first < rows; first += step) {
    const end = min(first + BLOCK_ROWS, rows);
    for (let row = first; row < end; row++) {
      const at = address(args, 0) + (<usize>row << 3);
      const factor = factors === 0 ? 1.0 : <f64>load<f32>(factors + (<usize>row << 2));
      store<f32>(at, <f32>onGrid(<f64>load<f32>(at) * factor, float(args, 0)));
      store<f32>(at, <f32>onGrid(<f64>load<f32>(at, 4) * factor, float(args, 1)), 4);
    }
  }
}

/** The logarithm of each row's sum of e^score over the classes. 0 scores (class after class), 1 rows, 2 threads, 3 classes, 4 normalizers. */
export function normalizers(args: usize, thread: i32): void {
  const scores = address(args, 0);
  const rows = int(args, 1);
  const step = BLOCK_ROWS * int(args, 2);
  const classes = int(args, 3);
  for (let first = thread * BLOCK_ROWS; first < rows; first += step) {
    const end = min(first + BLOCK_ROWS, rows);
    for (let row = first; row < end; row++) {
      let most = load<f64>(scores + (<usize>row << 3));
      for (let index = 1; index < classes; index++) most = max(most, load<f64>(scores + (<usize>(index * rows + row) << 3)));
      let sum: f64 = 0;
      for (let index = 0; index < classes; index++) sum += exp(load<f64>(scores + (<usize>(index * rows + row) << 3)) - most);
      store<f64>(address(args, 4) + (<usize>row << 3), most + log(sum));
    }
  }
}
