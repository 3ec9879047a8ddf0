import type { Boosting } from "./boosting.js";

/** Behind how many rounds of a training the rows are put in order: trees change much at first, and little later. */
const ROUNDS: readonly number[] = [1, 8, 64, 512];

/**
 * Behind some rounds, puts the rows in the order of the last tree's leaves. Trees ask much the same of the rows, so that the rows of later leaves, too, lie near
 * each other, and fewer cache lines are read for them. Sums of gradients are exact (assembly/gradients.ts), so the order changes no bit of the model, and rows that are rounded by chance keep their numbers; what is told
 * by a row's place keeps its order: rows that are drawn, and those that a loss of the user's is given.
 */
export function arrangeRows({ team, room, objective, learning, sampling, custom }: Boosting, rounds: number): void {
  if (!ROUNDS.includes(rounds) || custom !== null || sampling.goss !== null || sampling.rowShare < 1) return;
  const { rows, binned, targets, given, scores } = learning;
  const { arena, threads } = team;
  const bins = [room.indices, rows, threads, binned.columns, binned.byColumn, binned.height, binned.byRow, binned.stride];
  team.run("arrangeRows", bins);
  team.run("arrangeColumns", bins);
  const outputs = Array.from({ length: objective.outputs }, (_, output) => scores + 8 * rows * output);
  for (const numbers of [targets, given, ...outputs, ...(room.weights === 0 ? [] : [room.weights]), ...(room.packed === null ? [] : [room.packed.numbers])]) {
    // The gradients are written anew in the next round.
    team.run("arrangeNumbers", [room.indices, rows, threads, numbers, room.gradients]);
    arena.u8(numbers, 8 * rows).set(arena.u8(room.gradients, 8 * rows));
  }
}
