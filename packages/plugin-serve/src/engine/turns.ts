/** Work of requests whose bodies have come, in the order in which they came. */
export interface Turns {
  /** Does `work` in a coming turn of the event loop. */
  push(work: () => void): void;
  /** Does `act` at the end of the turn that runs, or in the next one: what a turn has gathered goes on together. */
  atEnd(act: () => void): void;
  /** How long the oldest work has waited, in milliseconds; 0 where none waits. */
  readonly age: number;
}

/**
 * How long one turn may read requests, in milliseconds. Between two turns the server accepts, refuses and answers health checks: with more
 * requests than it can do it still says no at once.
 */
const SLICE_MS = 1;

export function createTurns(now: () => number = () => performance.now(), later: (turn: () => void) => void = setImmediate): Turns {
  const waiting: { readonly since: number; readonly work: () => void }[] = [];
  let ends: (() => void)[] = [];
  let first = 0;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    later(turn);
  }
  function turn(): void {
    // What comes meanwhile needs no turn of its own yet.
    isScheduled = true;
    const started = now();
    for (let count = 0; first < waiting.length && (count === 0 || now() - started < SLICE_MS); count++) waiting[first++]!.work();
    const acts = ends;
    ends = [];
    for (const act of acts) act();
    isScheduled = false;
    if (first === waiting.length) {
      waiting.length = 0;
      first = 0;
    } else if (first >= 1_024) first -= waiting.splice(0, first).length;
    if (waiting.length > 0 || ends.length > 0) schedule();
  }
  return {
    push(work) {
      waiting.push({ since: now(), work });
      schedule();
    },
    atEnd(act) {
      ends.push(act);
      schedule();
    },
    get age() {
      return first < waiting.length ? now() - waiting[first]!.since : 0;
    },
  };
}
