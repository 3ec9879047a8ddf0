import type { TaskOutcome } from "@millrace/core";
import { formatBytes, type RunEvent } from "@millrace/core/project";
import type { Terminal } from "../terminal.js";
import { count, seconds } from "./number.js";
import { styled } from "./style.js";

/** Shows a run while it goes on. */
export interface ProgressView {
  event(event: RunEvent): void;
  /** Leaves the terminal as it is to stay. */
  end(): void;
}

const MARKS = { succeeded: ["green", "✓"], reused: ["dim", "="], failed: ["red", "✗"], interrupted: ["yellow", "■"], skipped: ["dim", "-"] } as const;

/** A line for a task that ended. */
export function outcomeLine(outcome: TaskOutcome, width: number): string {
  const [colour, mark] = MARKS[outcome.status];
  const name = outcome.task.padEnd(width);
  if (outcome.status === "reused") return styled(colour, `${mark} ${name}  ${outcome.why}`);
  if (outcome.status === "skipped") return styled(colour, `${mark} ${name}  skipped`);
  const cost = `${seconds(outcome.seconds).padStart(9)}  ${(outcome.peakBytes === null ? "" : formatBytes(outcome.peakBytes)).padStart(10)}`;
  const { ledger } = outcome;
  const dropped = ledger?.dropped.map(({ reason, rows }) => `, ${count(rows)} ${reason}`).join("") ?? "";
  return `${styled(colour, mark)} ${name}  ${cost}${ledger === null ? "" : `  ${count(ledger.rowsOut)} of ${count(ledger.rowsIn)} rows${dropped}`}`.trimEnd();
}

/** What a task that ran learnt and a reader must know, a line each. */
function noteLines({ status, summary }: TaskOutcome): string {
  const { remarks = [] } = (status === "succeeded" ? (summary ?? {}) : {}) as { readonly remarks?: readonly string[] };
  return remarks.map((sentence) => `  ${styled("yellow", "note")}: ${sentence}\n`).join("");
}

/** One line for each task that starts, ends or warns. */
export function plainProgress(terminal: Terminal): ProgressView {
  let width = 0;
  return {
    event(event) {
      if (event.kind === "started") {
        width = Math.max(0, ...event.plan.tasks.map(({ id }) => id.length));
        terminal.out(`run ${event.run}: ${event.plan.tasks.length} tasks\n`);
      } else if (event.kind === "task-started") terminal.out(`> ${event.task.id.padEnd(width)}  ${event.task.why}\n`);
      else if (event.kind === "task-ended") terminal.out(`${outcomeLine(event.outcome, width)}\n${noteLines(event.outcome)}`);
      else if (event.kind === "task-event" && event.event.kind === "log") terminal.out(`  ${event.event.level}: ${event.event.message}\n`);
    },
    end() {},
  };
}

interface Active {
  readonly startedAt: number;
  share: number | null;
  message: string;
}

const BAR = 24;

function barLine(id: string, { startedAt, share, message }: Active, width: number, columns: number): string {
  const done = Math.round((share ?? 0) * BAR);
  const bar = share === null ? "·".repeat(BAR) : "█".repeat(done) + "░".repeat(BAR - done);
  const percent = share === null ? "    " : `${String(Math.floor(share * 100)).padStart(3)}%`;
  const line = `  ${id.padEnd(width)}  ${bar} ${percent}  ${seconds((performance.now() - startedAt) / 1_000)}  ${message}`;
  return [...line].slice(0, Math.max(20, columns - 1)).join("");
}

/** A bar for each task that runs, redrawn in place, under the lines of those that ended. */
export function liveProgress(terminal: Terminal): ProgressView {
  const active = new Map<string, Active>();
  let width = 0;
  let drawn = 0;
  let lastDraw = -Infinity;
  const erase = (): string => (drawn === 0 ? "" : `\u001B[${drawn}A\u001B[0J`);
  const draw = (above: string): void => {
    const bars = [...active].map(([id, one]) => barLine(id, one, width, terminal.columns()));
    terminal.out(`${erase()}${above}${bars.map((line) => `${line}\n`).join("")}`);
    drawn = bars.length;
    lastDraw = performance.now();
  };
  // Elapsed seconds move on though a task says nothing.
  const clock = setInterval(() => draw(""), 250).unref();
  return {
    event(event) {
      if (event.kind === "started") {
        width = Math.max(0, ...event.plan.tasks.map(({ id }) => id.length));
        draw(`${styled("dim", `run ${event.run}: ${event.plan.tasks.length} tasks`)}\n`);
      } else if (event.kind === "task-started") {
        active.set(event.task.id, { startedAt: performance.now(), share: null, message: "" });
        draw("");
      } else if (event.kind === "task-ended") {
        active.delete(event.task.id);
        draw(`${outcomeLine(event.outcome, width)}\n${noteLines(event.outcome)}`);
      } else if (event.kind === "task-event") {
        const one = active.get(event.task.id);
        if (event.event.kind === "log") draw(`  ${event.event.level}: ${event.event.message}\n`);
        else if (event.event.kind === "progress" && one !== undefined) {
          Object.assign(one, { share: event.event.share, message: event.event.message });
          if (performance.now() - lastDraw > 100) draw("");
        }
      }
    },
    end() {
      clearInterval(clock);
      active.clear();
      draw("");
    },
  };
}

