import type { Team } from "../kernels/team.js";
import { divide, rowsOf } from "./divide.js";
import type { Growth } from "./growth.js";
import type { Leaf } from "./leaf.js";
import { leafValue } from "./leaf-value.js";
import type { Room } from "./room.js";
import { rootScope } from "./scope.js";
import { addUp, canSplit, search, totals } from "./search-leaves.js";
import { createSlots, type Slots } from "./slots.js";
import { type GrownNode, type GrownTree, leafNode } from "./tree.js";

export interface Sample {
  /** A byte per row, 1 in the bag; 0: all rows. */
  readonly bag: number;
  /** By column: 1 where the tree may split on it. */
  readonly columns: Uint8Array;
}

/**
 * Grows one tree on the gradients in the room: always the leaf that gains most (H. Shi, "Best-first decision tree learning", 2007), or depth by depth. Only the
 * smaller child of a split is added up; the larger one is what is left of their parent. `pause` is awaited between splits. The rows of each leaf stay in the room's runs.
 */
export async function growTree(team: Team, growth: Growth, room: Room, sample: Sample, pause: () => Promise<void>): Promise<GrownTree> {
  const slots = createSlots(room.slotCount);
  const root = startRoot(team, growth, room, sample, slots);
  const nodes: GrownNode[] = [leafNode(root.hessian)];
  const leaves: Leaf[] = [root];
  while (leaves.length < growth.leaves) {
    const leaf = next(leaves, growth);
    if (leaf === null) break;
    const { left, right } = divide(team, growth, room, leaf, nodes, leaves.length);
    leaves[leaves.indexOf(leaf)] = left;
    leaves.push(right);
    if (leaves.length < growth.leaves) searchChildren(team, growth, room, leaf, [left, right], leaves, slots);
    await pause();
  }
  for (const { node, gradient, hessian, least, most } of leaves) nodes[node]!.value = growth.learningRate * leafValue(gradient, hessian, growth, least, most);
  return { nodes, leaves: leaves.toSorted((one, other) => one.run - other.run).map(({ node }) => node) };
}

function startRoot(team: Team, growth: Growth, room: Room, { bag, columns }: Sample, slots: Slots): Leaf {
  const { rows } = room.binned;
  team.run("root", [room.indices, room.runs, rows, team.threads, bag, room.places]);
  const blank: Leaf = {
    node: 0, run: 0, depth: 0, rows: rowsOf(team, room.runs), gradient: 0, hessian: 0, weight: 0, least: -Infinity, most: Infinity,
    scope: rootScope(columns, growth.interactions), slot: slots.take([], null), best: null,
  };
  addUp(team, room, blank, bag === 0);
  const [gradient, hessian] = totals(team, room, room.slots, room.others, blank.slot!, growth.bins[0]!.bins);
  const root = { ...blank, gradient, hessian, weight: weightOf(team, growth, room, blank) };
  if (canSplit(root, growth)) search(team, growth, room, root, null);
  return root;
}

/** The leaf to split next, the first of equals; null where none gains. */
function next(leaves: readonly Leaf[], { order }: Growth): Leaf | null {
  let found: Leaf | null = null;
  for (const leaf of leaves) {
    if (leaf.best === null) continue;
    if (found === null || isBefore(leaf, found, order)) found = leaf;
  }
  return found;
}

function isBefore(leaf: Leaf, other: Leaf, order: Growth["order"]): boolean {
  if (order === "depth-wise" && leaf.depth !== other.depth) return leaf.depth < other.depth;
  return leaf.best!.gain > other.best!.gain || (leaf.best!.gain === other.best!.gain && leaf.node < other.node);
}

/** Adds up the child with fewer rows, takes it from the parent, and searches both; without the parent's sums both are added up. */
function searchChildren(team: Team, growth: Growth, room: Room, parent: Leaf, children: readonly [Leaf, Leaf], leaves: readonly Leaf[], slots: Slots): void {
  const [smaller, larger] = children[0].rows <= children[1].rows ? children : [children[1], children[0]];
  const parentSlot = parent.slot;
  if (!children.some((child) => canSplit(child, growth))) {
    if (parentSlot !== null) slots.free(parentSlot);
    return;
  }
  larger.slot = parentSlot;
  smaller.slot = slots.take(leaves, larger);
  addUp(team, room, smaller, false);
  weigh(team, growth, room, smaller, parent, larger);
  search(team, growth, room, smaller, parentSlot === null ? null : larger);
  if (parentSlot !== null) return;
  larger.slot = slots.take(leaves, smaller);
  addUp(team, room, larger, false);
  search(team, growth, room, larger, null);
}

function weigh(team: Team, growth: Growth, room: Room, smaller: Leaf, parent: Leaf, larger: Leaf): void {
  smaller.weight = weightOf(team, growth, room, smaller);
  larger.weight = parent.weight - smaller.weight;
}

/** The weight of the rows of the leaf just added up; NaN where nothing asks for it. */
function weightOf(team: Team, growth: Growth, room: Room, leaf: Leaf): number {
  if (room.countSlots === 0) return Number.NaN;
  return totals(team, room, room.countSlots, room.countOthers, leaf.slot!, growth.bins[0]!.bins)[0];
}
