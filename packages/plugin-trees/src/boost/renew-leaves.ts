import type { GrownTree } from "../grow/tree.js";
import type { Boosting } from "./boosting.js";
import { weightedQuantile } from "./weighted-quantile.js";

/** Where a loss asks for a quantile, a leaf's value is that quantile of its rows' residuals, which its gradients tell nothing of (J. Friedman, "Greedy function approximation", 2001, 4.4). */
export function renewLeaves({ team: { arena, threads }, room, objective, learning, growth }: Boosting, tree: GrownTree, output: number): void {
  const { leafQuantile } = objective;
  if (leafQuantile === null) return;
  const { rows } = learning;
  const scores = arena.f64(learning.scores + 8 * rows * output, rows);
  const targets = arena.f64(learning.targets, rows);
  const weights = learning.weights === 0 ? null : arena.f64(learning.weights, rows);
  const indices = arena.i32(room.indices, rows);
  tree.leaves.forEach((node, leaf) => {
    const runs = arena.i32(room.runs + 8 * threads * leaf, 2 * threads);
    const own = Array.from({ length: threads }, (_, thread) => indices.subarray(runs[2 * thread], runs[2 * thread]! + runs[2 * thread + 1]!));
    const all = new Int32Array(own.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const part of own) {
      all.set(part, end);
      end += part.length;
    }
    const residuals = Float64Array.from(all, (row) => targets[row]! - scores[row]!);
    const value = weightedQuantile(residuals, weights === null ? null : Float64Array.from(all, (row) => weights[row]!), leafQuantile);
    tree.nodes[node]!.value = Number.isNaN(value) ? 0 : growth.learningRate * value;
  });
}
