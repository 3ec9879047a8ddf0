import { deadlineMissed } from "../failures.js";
import type { Job } from "../lane.js";
import type { Frame, MillraceError } from "@millrace/core";

/** A job that waits or runs; it is settled once. */
export interface Ticket {
  readonly job: Job;
  /** How often its rows went to a worker that was lost. */
  attempts: number;
  isSettled: boolean;
}

export interface Deadlines {
  add(job: Job): Ticket;
  settle(ticket: Ticket, outputs: Frame | null, from: number, error: MillraceError | null): void;
  readonly pending: number;
}

/**
 * Settles tickets when their time is up, with one timer for all: they come in the order of their deadlines, or nearly so. `expired` hears
 * of it afterwards, so that work that nobody waits for any more can be ended.
 */
export function createDeadlines(expired: () => void): Deadlines {
  const live = new Set<Ticket>();
  let timer: NodeJS.Timeout | null = null;

  function settle(ticket: Ticket, outputs: Frame | null, from: number, error: MillraceError | null): void {
    if (ticket.isSettled) return;
    ticket.isSettled = true;
    live.delete(ticket);
    ticket.job.done(outputs, from, error);
  }
  function arm(): void {
    const [first] = live;
    if (timer !== null || first === undefined) return;
    timer = setTimeout(look, Math.max(1, first.job.deadline - performance.now()));
    timer.unref();
  }
  function look(): void {
    timer = null;
    const now = performance.now();
    let some = false;
    for (const ticket of live) {
      if (ticket.job.deadline > now) continue;
      settle(ticket, null, 0, deadlineMissed());
      some = true;
    }
    if (some) expired();
    arm();
  }
  return {
    settle,
    get pending() {
      return live.size;
    },
    add(job) {
      const ticket: Ticket = { job, attempts: 0, isSettled: false };
      live.add(ticket);
      arm();
      return ticket;
    },
  };
}
