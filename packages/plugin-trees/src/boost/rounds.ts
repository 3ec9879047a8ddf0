import type { TreeColumn } from "../bins/columns.js";
import type { GrownTree } from "../grow/tree.js";
import { createForest, firstTrees } from "../model/forest.js";
import { importanceRemark } from "../model/importance.js";
import { remarksOf } from "../model/remarks.js";
import type { Forest, StateColumn, TreesState } from "../model/state.js";
import { arrangeRows } from "./arrange-rows.js";
import type { Assignment } from "./assignment.js";
import { bestRound, isStale } from "./best-round.js";
import type { Boosting } from "./boosting.js";
import type { LearningRows } from "./learning-rows.js";
import { boostRound } from "./round.js";

export interface Beginning {
  readonly assignment: Assignment;
  readonly columns: readonly TreeColumn[];
  readonly classes: readonly string[] | null;
  readonly base: Float64Array;
  /** What the weights of rows were multiplied by, by class. */
  readonly factors: ReadonlyMap<string, number> | null;
}

const ROUNDS_PER_CHECKPOINT = 10;

/** Round after round until there are enough, the validation loss is stale, or it is told to stop. */
export async function boostRounds(boosting: Boosting, beginning: Beginning, pause: () => Promise<void>): Promise<TreesState> {
  const { options, start, progress } = beginning.assignment;
  const { outputs } = boosting.objective;
  const trees: GrownTree[] = [];
  const losses = [...(start?.facts.validationLoss ?? [])];
  const patience = options.earlyStopping ?? Infinity;
  const state = () => stateOf(boosting, beginning, trees, losses);
  for (let round = (start?.forest.roots.length ?? 0) / outputs; round < options.trees && !isStale(losses, patience); round++) {
    const grown = await boostRound(boosting, round, pause);
    trees.push(...grown);
    arrangeRows(boosting, trees.length / outputs);
    if (boosting.watched !== null) losses.push(lossOf(boosting, boosting.watched));
    const metrics = { gain: gainOf(grown), ...(boosting.watched === null ? {} : { validationLoss: losses.at(-1)! }) };
    const answer = await progress.report(round + 1, metrics);
    await pause();
    if (answer === "stop") break;
    if ((round + 1) % ROUNDS_PER_CHECKPOINT === 0 && round + 1 < options.trees) await progress.save(state());
  }
  return patience === Infinity ? state() : cut(state(), bestRound(losses));
}

/** What a round lowers the loss by. */
function gainOf(trees: readonly GrownTree[]): number {
  return trees.reduce((sum, { nodes }) => sum + nodes.reduce((gain, node) => gain + node.gain, 0) / 2, 0);
}

function lossOf({ team: { arena }, objective }: Boosting, { rows, targets, weights, scores }: LearningRows): number {
  return objective.loss({ targets: arena.f64(targets, rows), weights: weights === 0 ? null : arena.f64(weights, rows), scores: arena.f64(scores, rows * objective.outputs) });
}

function stateOf({ objective, growth }: Boosting, { assignment, columns, classes, base, factors }: Beginning, trees: readonly GrownTree[], losses: readonly number[]): TreesState {
  const forest = createForest(assignment.start?.forest ?? null, trees, growth.bins);
  const stateColumns = columns.map((column, index): StateColumn => {
    const bins = growth.bins[index]!;
    return { ...column, table: bins.kind === "category" ? bins.table : null, bins: bins.bins };
  });
  const remarks = [...remarksOf(columns, growth.bins, factors), ...importanceRemark(stateColumns, forest)];
  return { objective: objective.name, classes, outputs: objective.outputs, base, columns: stateColumns, forest, facts: factsOf(forest, objective.outputs, losses), remarks };
}

const factsOf = (forest: Forest, outputs: number, losses: readonly number[]) => ({ rounds: forest.roots.length / outputs, leaves: forest.column.filter((column) => column < 0).length, validationLoss: Float64Array.from(losses) });

/** The state up to a round. */
function cut(state: TreesState, rounds: number): TreesState {
  const forest = firstTrees(state.forest, rounds * state.outputs);
  const remarks = [...state.remarks.filter(({ about }) => about !== "importance"), ...importanceRemark(state.columns, forest)];
  return { ...state, forest, remarks, facts: factsOf(forest, state.outputs, [...state.facts.validationLoss]) };
}
