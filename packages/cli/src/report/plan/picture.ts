import type { TaskOutcome } from "@millrace/core";
import { count, seconds } from "../../print/number.js";
import { html, type Html } from "../html.js";
import { layoutOf, NODE, type Layout } from "./layout.js";

export const STATUS_WORDS: Readonly<Record<TaskOutcome["status"], string>> = { succeeded: "ran", reused: "reused", failed: "failed", interrupted: "stopped", skipped: "not started" };

/** The plan as a picture: a box per task with what it took, an arrow where one waits for another. */
export async function planPicture(model: string, tasks: readonly TaskOutcome[]): Promise<Html> {
  const layout = await layoutOf(tasks);
  const longest = Math.max(...tasks.map((task) => (task.status === "reused" ? 0 : task.seconds)), 0);
  const words = tasks.map((task) => `${shortName(task)} ${STATUS_WORDS[task.status]}${task.status === "succeeded" ? ` in ${seconds(task.seconds)}` : ""}`).join(", ");
  return html`<div class="scroll"><svg class="plan" style="--width:${Math.ceil(layout.width)}px" viewBox="0 0 ${Math.ceil(layout.width)} ${Math.ceil(layout.height)}" width="${Math.ceil(layout.width)}" height="${Math.ceil(layout.height)}" role="img" aria-label="The plan of ${model}: ${words}.">
<g class="edges">${edges(layout)}</g>
${layout.nodes.map(({ task, x, y }) => node(task, x - NODE.width / 2, y - NODE.height / 2, longest))}
</svg></div>`;
}

function shortName({ task }: TaskOutcome): string {
  return task.slice(task.indexOf("/") + 1);
}

/** From the right side of a box to the left side of the next, by way of the points where dagre leads a long arrow past other boxes. */
function edges({ edges: all }: Layout): readonly Html[] {
  return all.map(({ from, to, by }) => {
    const end = { x: to.x - NODE.width / 2, y: to.y };
    const points = [{ x: from.x + NODE.width / 2, y: from.y }, ...by, { x: end.x - 5, y: end.y }];
    const curves = points.slice(1).map((point, at) => {
      const middle = round((points[at]!.x + point.x) / 2);
      return `C${middle} ${round(points[at]!.y)} ${middle} ${round(point.y)} ${round(point.x)} ${round(point.y)}`;
    });
    return html`<path d="${`M${round(points[0]!.x)} ${round(points[0]!.y)}${curves.join("")}`}"/><path class="head" d="${`M${round(end.x)} ${round(end.y)}l-6 -3.5v7z`}"/>`;
  });
}

function node(task: TaskOutcome, x: number, y: number, longest: number): Html {
  const hasRun = task.status !== "reused" && task.status !== "skipped";
  const took = hasRun && longest > 0 ? (task.seconds / longest) * (NODE.width - 20) : 0;
  const rows = task.ledger === null ? "" : ` · ${short(task.ledger.rowsOut)} rows`;
  const second = task.status === "succeeded" ? `${seconds(task.seconds)}${rows}` : `${STATUS_WORDS[task.status]}${task.status === "reused" ? rows : ""}`;
  return html`<g class="task ${task.status}" transform="translate(${round(x)} ${round(y)})"><title>${task.task}: ${STATUS_WORDS[task.status]}. ${task.why}</title>
<rect class="box" width="${NODE.width}" height="${NODE.height}" rx="6"/><text class="name" x="10" y="19">${clipped(shortName(task), 18)}</text><text class="cost" x="10" y="34">${second}</text>
<rect class="track" x="10" y="41" width="${NODE.width - 20}" height="3" rx="1.5"/>${took > 0 ? html`<rect class="took" x="10" y="41" width="${round(Math.max(2, took))}" height="3" rx="1.5"/>` : null}</g>`;
}

/** `1.98 M`, `30,000`: what fits into a box. */
function short(rows: number): string {
  return rows < 100_000 ? count(rows) : rows < 1e6 ? `${Math.round(rows / 1e3)} k` : `${(rows / 1e6).toFixed(2)} M`;
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
