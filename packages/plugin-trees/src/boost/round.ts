import { growTree } from "../grow/grow-tree.js";
import type { GrownTree } from "../grow/tree.js";
import { addToScores } from "./add-to-scores.js";
import type { Boosting } from "./boosting.js";
import { writeGradients } from "./gradients.js";
import { renewLeaves } from "./renew-leaves.js";
import { drawColumns } from "./sampling.js";

/** One round: a tree for each output, on gradients at the scores before the round. */
export async function boostRound(boosting: Boosting, round: number, pause: () => Promise<void>): Promise<readonly GrownTree[]> {
  const { team, growth, room, objective, learning, sampling, normalizers } = boosting;
  if (normalizers !== 0) team.run("normalizers", [learning.scores, learning.rows, team.threads, objective.outputs, normalizers]);
  const trees: GrownTree[] = [];
  for (let output = 0; output < objective.outputs; output++) {
    const bag = writeGradients(boosting, round, output);
    const columns = drawColumns(sampling, growth.bins.length, round * objective.outputs + output);
    const tree = await growTree(team, growth, room, { bag, columns }, pause);
    renewLeaves(boosting, tree, output);
    addToScores(boosting, tree, output);
    trees.push(tree);
  }
  return trees;
}
