import type { Team } from "../kernels/team.js";
import { type Found, hasBit } from "./found.js";
import type { Growth } from "./growth.js";
import type { Leaf } from "./leaf.js";
import { leafValue } from "./leaf-value.js";
import type { Room } from "./room.js";
import { scopeBelow } from "./scope.js";
import { type GrownNode, leafNode } from "./tree.js";

export interface Division {
  readonly left: Leaf;
  readonly right: Leaf;
}

/** About what a row takes to change sides. */
const ROW_NANOSECONDS = 2;

/** Splits a leaf by its best split: its rows, its node, and what bounds its children. The right child becomes the run `run`. */
export function divide(team: Team, growth: Growth, room: Room, leaf: Leaf, nodes: GrownNode[], run: number): Division {
  const found = leaf.best!;
  const goesLeft = sides(found, growth, leaf);
  team.arena.u8(room.goesLeft, 256).set(goesLeft);
  const [mine, other] = [leaf.run, run].map((index) => room.runs + 8 * team.threads * index) as [number, number];
  team.run("partition", [room.indices, mine, other, room.binned.byColumn + found.feature * room.binned.height, room.goesLeft, room.spare], [], ROW_NANOSECONDS * leaf.rows);
  const [rightGradient, rightHessian] = [leaf.gradient - found.leftGradient, leaf.hessian - found.leftHessian];
  const [left, right] = [nodes.length, nodes.length + 1];
  nodes.push(leafNode(found.leftHessian), leafNode(rightHessian));
  Object.assign(nodes[leaf.node]!, { feature: found.feature, bin: found.bin, missingLeft: goesLeft[growth.bins[found.feature]!.bins] === 1, goesLeft, left, right, gain: found.gain });
  const base = { depth: leaf.depth + 1, weight: Number.NaN, scope: scopeBelow(leaf.scope, found.feature), slot: null, best: null };
  const bounds = boundsBelow(growth, leaf, found);
  return {
    left: { ...base, ...bounds.left, node: left, run: leaf.run, rows: rowsOf(team, mine), gradient: found.leftGradient, hessian: found.leftHessian },
    right: { ...base, ...bounds.right, node: right, run, rows: rowsOf(team, other), gradient: rightGradient, hessian: rightHessian },
  };
}

export function rowsOf({ arena, threads }: Team, run: number): number {
  const pairs = arena.i32(run, 2 * threads);
  let rows = 0;
  for (let thread = 0; thread < threads; thread++) rows += pairs[2 * thread + 1]!;
  return rows;
}

/** By bin, 1 where it goes left. What this leaf has no rows of goes where most of its weight goes. */
function sides(found: Found, { bins }: Growth, leaf: Leaf): Uint8Array {
  const { bins: count } = bins[found.feature]!;
  const heavier = found.leftHessian >= leaf.hessian - found.leftHessian;
  const goesLeft = new Uint8Array(256);
  if (found.bin >= 0) {
    goesLeft.fill(1, 0, Math.min(found.bin + 1, count));
    goesLeft[count] = (found.missingLeft ?? heavier) ? 1 : 0;
  } else {
    for (let bin = 0; bin <= count; bin++) goesLeft[bin] = (hasBit(found.absent, bin) ? heavier : hasBit(found.set, bin)) ? 1 : 0;
  }
  return goesLeft;
}

/** A monotone split parts the values of its children at their middle (as XGBoost and LightGBM do), so that nothing below can cross. */
function boundsBelow(growth: Growth, { gradient, hessian, least, most }: Leaf, found: Found) {
  const direction = growth.monotone?.[found.feature] ?? 0;
  // Missing values, which stand apart from all others, are in no order with them.
  if (direction === 0 || found.bin === growth.bins[found.feature]!.bins - 1) return { left: { least, most }, right: { least, most } };
  const left = leafValue(found.leftGradient, found.leftHessian, growth, least, most);
  const right = leafValue(gradient - found.leftGradient, hessian - found.leftHessian, growth, least, most);
  const middle = (left + right) / 2;
  return direction > 0 ? { left: { least, most: middle }, right: { least: middle, most } } : { left: { least: middle, most }, right: { least, most: middle } };
}
