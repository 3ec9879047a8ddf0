import type { RunRecord, TaskOutcome } from "@millrace/core";
import { formatBytes } from "@millrace/core/project";
import { numbersOf, type ComparedTask } from "../compare-runs.js";
import type { StoredRun } from "../find-run.js";
import { count, metric, moment, seconds } from "./number.js";
import { styled } from "./style.js";
import { table, type ColumnSpec } from "./table.js";

const right = (title: string): ColumnSpec => ({ title, align: "right" });
const left = (title: string): ColumnSpec => ({ title });

function lengthOf({ startedAt, endedAt }: RunRecord): string {
  return endedAt === null ? "" : seconds((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
}

export function runsText(runs: readonly StoredRun[]): string {
  if (runs.length === 0) return "There is no run yet. Make one: millrace run\n";
  const columns = [left("run"), left("status"), left("started (UTC)"), right("took"), right("ran"), right("reused"), left("models")];
  const of = (tasks: readonly TaskOutcome[], status: string) => String(tasks.filter((task) => task.status === status).length);
  const rows = runs.map(({ id, value }) => {
    const sample = value.sample === null ? "" : ` (sample of ${count(value.sample)})`;
    return [id, value.status, moment(value.startedAt), lengthOf(value), of(value.tasks, "succeeded"), of(value.tasks, "reused"), value.models.join(", ") + sample];
  });
  return table(columns, rows);
}

/** Seconds and memory of a task that was reused belong to the run that made it. */
function taskRow({ task, status, seconds: took, peakBytes, ledger, why }: TaskOutcome): readonly string[] {
  const hasRun = status !== "reused" && status !== "skipped";
  return [task, status, hasRun ? seconds(took) : "", hasRun && peakBytes !== null ? formatBytes(peakBytes) : "", ledger === null ? "" : `${count(ledger.rowsOut)} of ${count(ledger.rowsIn)}`, why];
}

export function runText({ id, value }: StoredRun): string {
  const head = `${styled("bold", id)} ${value.status}, started ${moment(value.startedAt)} UTC${value.endedAt === null ? "" : `, took ${lengthOf(value)}`}`;
  const tasks = table([left("task"), left("status"), right("took"), right("memory"), right("rows"), left("why")], value.tasks.map(taskRow));
  const failures = value.tasks.flatMap(({ task, error }) => (error === null ? [] : [`${task}: ${(error as { readonly message?: string }).message ?? ""}\n`]));
  return `${head}\nconfig ${value.config}\n\n${tasks}${failures.length === 0 ? "" : `\n${failures.join("")}`}`;
}

function whatDiffers({ isSame, differences }: ComparedTask): string {
  if (isSame) return styled("dim", "same key");
  const named = differences.slice(0, 3).map(({ entry }) => entry);
  return named.join(", ") + (differences.length > 3 ? `, and ${differences.length - 3} more` : "");
}

function metricRows({ task, left, right }: ComparedTask): readonly (readonly string[])[] {
  const [before, after] = [numbersOf(left?.summary ?? null), numbersOf(right?.summary ?? null)];
  const show = (value: number | undefined) => (value === undefined ? "" : metric(value));
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => {
    const [x, y] = [before.get(name), after.get(name)];
    const change = x === undefined || y === undefined ? "" : `${y >= x ? "+" : ""}${metric(y - x)}`;
    return [`${task.split("/")[0]!} ${name}`, show(x), show(y), change];
  });
}

export function comparedText(one: StoredRun, other: StoredRun, compared: readonly ComparedTask[]): string {
  const tasks = compared.map((task) => [task.task, task.left?.status ?? "none", task.right?.status ?? "none", whatDiffers(task)]);
  const metrics = compared.filter(({ left, right }) => (left ?? right)?.step === "evaluate").flatMap(metricRows);
  const parts = [
    `left ${one.id}, right ${other.id}\n`,
    table([left("task"), left("left"), left("right"), left("what differs")], tasks),
    table([left("metric"), right("left"), right("right"), right("change")], metrics),
  ];
  return parts.filter((part) => part !== "").join("\n");
}
