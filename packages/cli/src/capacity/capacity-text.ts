import type { Level } from "@millrace/plugin-serve";
import { count } from "../print/number.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import type { Machine } from "./machine.js";

/** A load that is to be borne, and what it takes. */
export interface Need {
  /** Requests a second. */
  readonly rate: number;
  /** The most milliseconds that 99 of 100 requests may take; null: any. */
  readonly p99: number | null;
  /** Null: no number of processes does it here. */
  readonly processes: number | null;
}

/** What was measured, and what follows from it. */
export interface CapacityReport {
  readonly model: string;
  readonly version: number;
  /** Rows of a request. */
  readonly rows: number;
  readonly levels: readonly Level[];
  /** Connections of the level behind which more of them bring nothing; null: no level was answered as a whole. */
  readonly knee: number | null;
  /** Requests a second that one process answers: at the knee, or the most within the p99 that is asked for; null: none. */
  readonly perSecond: number | null;
  readonly memoryBytes: number;
  /** The share of the time for which a process is to be busy at the most. */
  readonly busy: number;
  readonly need: Need | null;
  readonly machine: Machine;
}

const COLUMNS = [{ title: "connections", align: "right" }, { title: "requests/s", align: "right" }, { title: "p50 ms", align: "right" }, { title: "p99 ms", align: "right" }, { title: "" }] as const;

export function capacityText(report: CapacityReport): string {
  const { model, version, rows, levels, knee, memoryBytes, need, machine } = report;
  const remark = ({ connections, failed }: Level): string => (failed > 0 ? `${count(failed)} failed` : connections === knee ? "the knee" : "");
  const lines = levels.map((level) => [String(level.connections), count(Math.round(level.perSecond)), level.p50.toFixed(2), level.p99.toFixed(2), remark(level)]);
  const failure = levels.find((level) => level.failure !== null)?.failure ?? null;
  return [
    `${styled("bold", `${model}@${version}`)}, ${count(rows)} ${rows === 1 ? "row" : "rows"} a request\n`,
    `\n${table(COLUMNS, lines)}\n`,
    `memory ${(memoryBytes / 2 ** 20).toFixed(0)} MiB\n`,
    ...(failure === null ? [] : [`The first request that failed: ${failure}\n`]),
    ...(need === null ? [] : [needText(report, need)]),
    `\nMeasured on this machine: ${machine.cores} ${machine.cores === 1 ? "core" : "cores"}, which server and client shared. Elsewhere the figures are others.\n`,
    ...(machine.isBusy ? [`It had other things to do (a load of ${machine.load}): when it is idle, the figures are better.\n`] : []),
  ].join("");
}

function needText({ perSecond, busy, levels, machine }: CapacityReport, { rate, p99, processes }: Need): string {
  const within = p99 === null ? "" : ` with a p99 of at most ${p99} ms`;
  if (processes === null) return `${count(rate)} requests/s${within}: more processes do not help, for already with ${levels[0]?.connections ?? 1} connection the p99 is ${(levels[0]?.p99 ?? 0).toFixed(2)} ms.\n`;
  return `${count(rate)} requests/s${within} need ${count(processes)} ${processes === 1 ? "process" : "processes"}: one answers ${count(Math.round(perSecond!))}, and is to be busy for ${busy * 100} % of the time at the most.${processes > machine.cores ? ` Each wants a core of its own, and this machine has ${machine.cores}.` : ""}\n`;
}
