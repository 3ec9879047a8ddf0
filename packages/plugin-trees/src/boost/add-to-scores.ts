import type { GrownTree } from "../grow/tree.js";
import type { Boosting } from "./boosting.js";
import type { LearningRows } from "./learning-rows.js";

/** Room of a node that rows are asked through, at most. */
export const ASKED_NODE_BYTES = 448;

/** Adds a tree's values to the scores of an output: by the runs of its leaves where rows were learnt from, by asking the tree where not. */
export function addToScores(boosting: Boosting, tree: GrownTree, output: number): void {
  const { team, room, learning, watched, bag } = boosting;
  const { arena, threads, run } = team;
  arena.f64(room.values, tree.leaves.length).set(tree.leaves.map((node) => tree.nodes[node]!.value));
  run("addLeaves", [room.indices, room.runs, tree.leaves.length, room.values, learning.scores + 8 * learning.rows * output, threads]);
  if (bag !== 0) askTree(boosting, tree, learning, output, bag);
  if (watched !== null) askTree(boosting, tree, watched, output, 0);
}

/** `except`: rows whose byte there is 1 are left out; 0: none. */
function askTree({ team }: Boosting, { nodes }: GrownTree, { binned, scores, rows }: LearningRows, output: number, except: number): void {
  const { arena, threads, run } = team;
  const mark = arena.mark();
  const table = arena.take(16 * nodes.length);
  const values = arena.take(8 * nodes.length);
  const sides = nodes.map(({ goesLeft }) => (goesLeft === null ? 0 : arena.take(256)));
  nodes.forEach((node, index) => {
    arena.i32(table + 16 * index, 4).set([node.feature, sides[index]!, node.left, node.right]);
    arena.f64(values, nodes.length)[index] = node.value;
    if (node.goesLeft !== null) arena.u8(sides[index]!, 256).set(node.goesLeft);
  });
  run("addTree", [binned.byColumn, binned.height, rows, threads, table, values, scores + 8 * rows * output, except]);
  arena.release(mark);
}
