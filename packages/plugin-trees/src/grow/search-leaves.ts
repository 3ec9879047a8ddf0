import type { Team } from "../kernels/team.js";
import { readFound } from "./found.js";
import type { Growth } from "./growth.js";
import type { Leaf } from "./leaf.js";
import { worthOf } from "./leaf-value.js";
import type { Room } from "./room.js";

/** About what a value takes to be added up, and a cut to be tried in two leaves. */
const CELL_NANOSECONDS = 0.8;
const CUT_NANOSECONDS = 8;

/** Adds up the gradients of a leaf's rows into its slot (and beside it, what each thread but the first has of them). */
export function addUp(team: Team, room: Room, leaf: Leaf, isAll: boolean): void {
  const { byRow, stride, rows, columns } = room.binned;
  const { packed } = room;
  const run = (kernel: "histogram" | "packedHistogram", gradients: number, slots: number, others: number) =>
    team.run(kernel, [
      byRow, stride, gradients, room.runs + 8 * team.threads * leaf.run, room.indices, slots + leaf.slot! * room.sumBytes, others, room.sumBytes,
      room.groups, room.offsets, room.buffers, room.bufferBytes, rows, team.threads, isAll ? 1 : 0, packed?.sums ?? 0,
    ], packed === null ? [] : team.arena.f64(packed.steps, 2), CELL_NANOSECONDS * leaf.rows * columns + room.sumBytes / 16);
  if (packed === null) run("histogram", room.gradients, room.slots, room.others);
  else run("packedHistogram", packed.pairs, room.slots, room.others);
  if (room.weights !== 0) run("histogram", room.weights, room.countSlots, room.countOthers);
}

/** The sums of both numbers over all rows of the leaf that was just added up: those of any column, here the first. */
export function totals({ arena, threads }: Team, room: Room, slots: number, others: number, slot: number, bins: number): readonly [number, number] {
  let [first, second] = [0, 0];
  for (let thread = 0; thread < threads; thread++) {
    const cells = arena.f64(thread === 0 ? slots + slot * room.sumBytes : others + (thread - 1) * room.sumBytes, 2 * (bins + 1));
    for (let cell = 0; cell < cells.length; cell += 2) {
      first += cells[cell]!;
      second += cells[cell + 1]!;
    }
  }
  return [first, second];
}

/** Whether a leaf can have children at all. */
export function canSplit(leaf: Leaf, growth: Growth): boolean {
  return leaf.depth < growth.depth && leaf.rows > 1 && leaf.hessian >= 2 * growth.minChildWeight;
}

/** Finds the best splits of the leaf that was just added up and of its sibling, whose slot holds what their parent had. */
export function search(team: Team, growth: Growth, room: Room, leaf: Leaf, sibling: Leaf | null): void {
  const { arena, threads } = team;
  arena.u8(room.allowed, leaf.scope.allowed.length).set(leaf.scope.allowed);
  const isBounded = growth.monotone !== null || growth.minChildRows > 0;
  const at = (slots: number, one: Leaf | null) => (one === null || slots === 0 ? 0 : slots + one.slot! * room.sumBytes);
  const seeks = [leaf, sibling].map((one) => one !== null && canSplit(one, growth));
  team.run(
    "search",
    [
      at(room.slots, leaf), room.others, room.sumBytes, threads, at(room.slots, sibling), room.offsets, room.bins, room.kinds, room.allowed,
      growth.bins.length, room.found, room.foundOther, room.monotone, room.searchRoom, isBounded ? 1 : 0,
      at(room.countSlots, leaf), room.countOthers, at(room.countSlots, sibling), room.searchBytes, seeks[0] ? 1 : 0, seeks[1] ? 1 : 0,
    ],
    [growth.l1, growth.l2, growth.minChildWeight, growth.minChildRows, growth.categorySmoothing, growth.categoryL2, ...numbersOf(leaf), ...numbersOf(sibling ?? leaf)],
    (CUT_NANOSECONDS * room.sumBytes) / 16,
  );
  if (seeks[0]) leaf.best = readFound(arena, room.found, threads, worth(leaf, growth), growth.minGain);
  if (seeks[1]) sibling!.best = readFound(arena, room.foundOther, threads, worth(sibling!, growth), growth.minGain);
}

const numbersOf = ({ gradient, hessian, weight, least, most }: Leaf) => [gradient, hessian, weight, least, most];

const worth = ({ gradient, hessian, least, most }: Leaf, growth: Growth) => worthOf(gradient, hessian, growth, least, most);
