import { sortedKeys, sortedOrder } from "./sort-scores.js";

/** Distinct scores, ascending, with the weights of the positive and the negative rows at each. */
export interface ScoreCurve {
  scores: Float32Array;
  positive: Float64Array;
  negative: Float64Array;
  /** Sums of squared weights, in the same layout; null: every weight is 1, and they equal the weights. */
  squares: { readonly positive: Float64Array; readonly negative: Float64Array } | null;
}

/** The curve with `count` rows more; `weights` are below 0 for negative rows. */
export function compacted(curve: ScoreCurve, scores: Float32Array, weights: Float64Array, count: number): ScoreCurve {
  const isPlain = curve.squares === null && isPlainRun(scores, weights, count);
  const sorted = isPlain ? plainRun(scores, weights, count) : weightedRun(scores, weights, count, curve.squares !== null || someOtherThanOne(weights, count));
  return curve.scores.length === 0 ? sorted : joined(curve, sorted);
}

function weightedRun(scores: Float32Array, weights: Float64Array, count: number, isWeighted: boolean): ScoreCurve {
  const order = sortedOrder(scores, count);
  const run = emptyCurve(count, isWeighted);
  let last = -1;
  for (let i = 0; i < count; i++) {
    const row = order[i]!;
    if (last < 0 || run.scores[last] !== scores[row]) run.scores[++last] = scores[row]!;
    addTo(run, last, weights[row]!);
  }
  return trimmed(run, last + 1);
}

/** Unit weights and no score below 0: a row is the 31 bits of its score and one for its side, and these sort by themselves. */
function plainRun(scores: Float32Array, weights: Float64Array, count: number): ScoreCurve {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, count);
  const keys = new Uint32Array(count);
  for (let i = 0; i < count; i++) keys[i] = (bits[i]! << 1) | (weights[i]! > 0 ? 1 : 0);
  const sorted = sortedKeys(keys);
  const run = emptyCurve(count, false);
  const runBits = new Uint32Array(run.scores.buffer);
  let last = -1;
  for (let i = 0; i < count; i++) {
    const key = sorted[i]!;
    if (last < 0 || runBits[last] !== key >>> 1) runBits[++last] = key >>> 1;
    if ((key & 1) === 1) run.positive[last]!++;
    else run.negative[last]!++;
  }
  return trimmed(run, last + 1);
}

/** Two curves as one, equal scores summed. Also sums equal neighbours within a curve. */
export function joined(left: ScoreCurve, right: ScoreCurve): ScoreCurve {
  const isWeighted = left.squares !== null || right.squares !== null;
  const out = emptyCurve(left.scores.length + right.scores.length, isWeighted);
  let [i, j, last] = [0, 0, -1];
  while (i < left.scores.length || j < right.scores.length) {
    const isLeft = j >= right.scores.length || (i < left.scores.length && left.scores[i]! <= right.scores[j]!);
    const from = isLeft ? left : right;
    const at = isLeft ? i++ : j++;
    if (last < 0 || out.scores[last] !== from.scores[at]) out.scores[++last] = from.scores[at]!;
    out.positive[last]! += from.positive[at]!;
    out.negative[last]! += from.negative[at]!;
    if (out.squares !== null) {
      out.squares.positive[last]! += (from.squares ?? from).positive[at]!;
      out.squares.negative[last]! += (from.squares ?? from).negative[at]!;
    }
  }
  return trimmed(out, last + 1);
}

function addTo(curve: ScoreCurve, at: number, signed: number): void {
  if (signed > 0) {
    curve.positive[at]! += signed;
    if (curve.squares !== null) curve.squares.positive[at]! += signed * signed;
  } else {
    curve.negative[at]! -= signed;
    if (curve.squares !== null) curve.squares.negative[at]! += signed * signed;
  }
}

function emptyCurve(length: number, isWeighted: boolean): ScoreCurve {
  const pair = () => ({ positive: new Float64Array(length), negative: new Float64Array(length) });
  return { scores: new Float32Array(length), ...pair(), squares: isWeighted ? pair() : null };
}

/** Copies, so that the longer arrays can be freed. */
function trimmed({ scores, positive, negative, squares }: ScoreCurve, length: number): ScoreCurve {
  const cut = <T extends Float32Array | Float64Array>(values: T): T => (values.length === length ? values : (values.slice(0, length) as T));
  return { scores: cut(scores), positive: cut(positive), negative: cut(negative), squares: squares && { positive: cut(squares.positive), negative: cut(squares.negative) } };
}

function isPlainRun(scores: Float32Array, weights: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (!(scores[i]! >= 0)) return false;
  return !someOtherThanOne(weights, count);
}

function someOtherThanOne(weights: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (weights[i] !== 1 && weights[i] !== -1) return true;
  return false;
}
