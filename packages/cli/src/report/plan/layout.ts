import type { TaskOutcome } from "@millrace/core";

export const NODE = { width: 132, height: 50 } as const;

/** A task, and the middle of its box. */
export interface Placed {
  readonly task: TaskOutcome;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  readonly edges: readonly Edge[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Edge {
  readonly from: Point;
  readonly to: Point;
  /** Where it passes boxes between the two. */
  readonly by: readonly Point[];
}

/** Where each task stands, from left to right, and the way of each arrow between them (dagre: Gansner et al., "A technique for drawing directed graphs" (1993)). */
export async function layoutOf(tasks: readonly TaskOutcome[]): Promise<Layout> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 16, ranksep: 30, marginx: 2, marginy: 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { task } of tasks) graph.setNode(task, { ...NODE });
  const arrows = withoutImplied(tasks);
  for (const [from, to] of arrows) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const nodes = tasks.map((task) => ({ task, x: graph.node(task.task).x, y: graph.node(task.task).y }));
  // A long arrow has points in the ranks between: dagre's first and last are on the boxes, and every second one is between two ranks.
  const edges = arrows.map(([from, to]): Edge => ({ from: graph.node(from), to: graph.node(to), by: (graph.edge(from, to).points as readonly Point[]).slice(2, -2).filter((_, at) => at % 2 === 0) }));
  return { width, height, nodes, edges };
}

/** The arrows of what waits for what, but for those that a longer way implies (Aho, Garey and Ullman 1972). */
export function withoutImplied(tasks: readonly Pick<TaskOutcome, "task" | "needs">[]): readonly (readonly [from: string, to: string])[] {
  const needs = new Map(tasks.map(({ task, needs: all = [] }) => [task, all.filter((need) => tasks.some((other) => other.task === need))]));
  const behind = new Map<string, ReadonlySet<string>>();
  const allBehind = (task: string): ReadonlySet<string> => {
    const known = behind.get(task);
    if (known !== undefined) return known;
    const found = new Set((needs.get(task) ?? []).flatMap((need) => [need, ...allBehind(need)]));
    behind.set(task, found);
    return found;
  };
  return [...needs].flatMap(([task, all]) => all.filter((need) => !all.some((other) => other !== need && allBehind(other).has(need))).map((need) => [need, task] as const));
}
