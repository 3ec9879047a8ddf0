import type { Boosting } from "./boosting.js";
import { type Greatest, greatestOf } from "./grid.js";
import { mix } from "./sampling.js";

/** Half of what 32 bits hold with a sign: rounding up adds a step to each row. */
const MOST_SUM = 2 ** 30;
/** Half of what 16 bits hold with a sign. */
const MOST_STEPS = 2 ** 14;
/** One over it is a finite float32. */
const LEAST_STEP = 2 ** -126;

/** Where gradients are quantized, rounds those in the room to whole steps, by chance: the same for the same seed, tree and row. Steps are so long that sums of all rows have room in 32 bits. `greatest` bounds the gradients where that is known. */
export function packGradients({ team, room, learning: { rows }, sampling }: Boosting, tree: number, greatest: Greatest | null): void {
  if (room.packed === null) return;
  const { pairs, numbers, steps } = room.packed;
  const lengths = (greatest ?? greatestOf(team, room.gradients, rows)).map((most) => stepOf(most, rows));
  team.arena.f64(steps, 2).set(lengths);
  team.run("packGradients", [room.gradients, rows, team.threads, pairs, numbers, mix(sampling.seed ^ mix(tree ^ 0x2545f491)) | 0], lengths.map((length) => 1 / length));
}

/** A power of two, so that sums of steps are exact in float64, too. */
export function stepOf(greatest: number, rows: number): number {
  return Math.max(LEAST_STEP, 2 ** Math.ceil(Math.log2(greatest / Math.min(MOST_STEPS, MOST_SUM / rows))));
}
