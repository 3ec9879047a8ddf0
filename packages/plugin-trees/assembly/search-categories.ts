/**
 * Sets of categories: in the order of their mean gradients the best of all sets is a cut (W. D. Fisher, "On grouping for maximum homogeneity", 1958;
 * for boosting G. Ke et al., "LightGBM", NIPS 2017). Smoothing draws rare categories to the middle; an l2 of their own holds back splits of many.
 */
import { bounded, worthAt } from "./gain";
import { keep, Leaf } from "./search";

/** Orders places by key, then by place (Shell, with the gaps of Ciura 2001). */
function sortByKey(keys: usize, places: usize, count: i32): void {
  let gap = 132;
  while (gap > 0) {
    for (let i = gap; i < count; i++) {
      const key = load<f64>(keys + (<usize>i << 3));
      const place = load<i32>(places + (<usize>i << 2));
      let j = i;
      while (j >= gap) {
        const before = load<f64>(keys + (<usize>(j - gap) << 3));
        if (before < key || (before === key && load<i32>(places + (<usize>(j - gap) << 2)) < place)) break;
        store<f64>(keys + (<usize>j << 3), before);
        store<i32>(places + (<usize>j << 2), load<i32>(places + (<usize>(j - gap) << 2)));
        j -= gap;
      }
      store<f64>(keys + (<usize>j << 3), key);
      store<i32>(places + (<usize>j << 2), place);
    }
    gap = gap === 132 ? 57 : gap === 57 ? 23 : gap === 23 ? 10 : gap === 10 ? 4 : gap === 4 ? 1 : 0;
  }
}

// @ts-ignore: decorator
@inline
function setBit(set: usize, bit: i32): void {
  const at = set + <usize>(bit >>> 3);
  store<u8>(at, <u8>(<i32>load<u8>(at) | (1 << (bit & 7))));
}

/** `bins` categories and, behind them, missing or unseen as one more. */
export function searchCategories(leaf: Leaf, cells: usize, bins: i32, feature: i32): void {
  const keys = leaf.scratch;
  const places = keys + 2048;
  let count = 0;
  for (let bin = 0; bin <= bins; bin++) {
    const cell = cells + (<usize>bin << 4);
    const hessian = load<f64>(cell, 8);
    if (hessian === 0.0) continue;
    store<f64>(keys + (<usize>count << 3), load<f64>(cell) / (hessian + leaf.smoothing));
    store<i32>(places + (<usize>count << 2), bin);
    count++;
  }
  sortByKey(keys, places, count);
  const l2 = leaf.l2 + leaf.categoryL2;
  const counts = leaf.counts === 0 ? <usize>0 : leaf.counts + (cells - leaf.sums);
  let gradient = 0.0;
  let hessian = 0.0;
  let rows = 0.0;
  let best = -1;
  for (let i = 0; i < count - 1; i++) {
    const bin = <usize>load<i32>(places + (<usize>i << 2)) << 4;
    gradient += load<f64>(cells + bin);
    hessian += load<f64>(cells + bin, 8);
    if (counts !== 0) {
      rows += load<f64>(counts + bin);
      if (rows < leaf.minRows || leaf.rows - rows < leaf.minRows) continue;
    }
    const rightGradient = leaf.gradient - gradient;
    const rightHessian = leaf.hessian - hessian;
    if (!(hessian >= leaf.minWeight && rightHessian >= leaf.minWeight)) continue;
    const left = bounded(gradient, hessian, leaf.l1, l2, leaf.least, leaf.most);
    const right = bounded(rightGradient, rightHessian, leaf.l1, l2, leaf.least, leaf.most);
    const gain = worthAt(left, gradient, hessian, leaf.l1, l2) + worthAt(right, rightGradient, rightHessian, leaf.l1, l2);
    if (gain <= load<f64>(leaf.found)) continue;
    keep(leaf.found, gain, feature, -1, 0, gradient, hessian);
    best = i;
  }
  if (best < 0) return;
  const set = leaf.found + 40;
  const absent = leaf.found + 72;
  memory.fill(set, 0, 64);
  for (let i = 0; i <= best; i++) setBit(set, load<i32>(places + (<usize>i << 2)));
  for (let bin = 0; bin <= bins; bin++) if (load<f64>(cells + (<usize>bin << 4), 8) === 0.0) setBit(absent, bin);
}
