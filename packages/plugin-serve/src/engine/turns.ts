/** Work of requests whose bodies have come, in the order in which they came. */
export interface Turns {
  /** Does `work` in a coming turn of the event loop. `bytes`: the length of the body, which the time that it takes goes by. */
  push(bytes: number, work: () => void): void;
  /** Does `act` at the end of the turn that runs, or in the next one: what a turn has gathered goes on together. */
  atEnd(act: () => void): void;
  /** How long what waits will take, in milliseconds, by how long what went before took. */
  readonly wait: number;
}

/**
 * How long one turn may read requests, in milliseconds. Between two turns the server accepts, refuses and answers health checks: with more
 * requests than it can do it still says no at once.
 */
const SLICE_MS = 2;

/** What a turn weighs in what is known of the time that a byte takes, compared with the next one. Times and bytes are summed apart, so that a pause of the machine in a turn of few bytes does not weigh like many. */
const KEPT = 0.98;

export function createTurns(now: () => number = () => performance.now(), later: (turn: () => void) => void = setImmediate): Turns {
  const waiting: { readonly bytes: number; readonly work: () => void }[] = [];
  let ends: (() => void)[] = [];
  let first = 0;
  let bytesWaiting = 0;
  let busyMs = 0;
  let busyBytes = 0;
  let isScheduled = false;
  /** The turn before, where work was left behind it. */
  let last: { readonly started: number; readonly bytes: number } | null = null;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    later(turn);
  }
  /** From one turn to the next everything happens that requests need: the model, the answers, other requests' bytes. */
  function learn(started: number): void {
    if (last === null) return;
    busyMs = KEPT * busyMs + started - last.started;
    busyBytes = KEPT * busyBytes + last.bytes;
  }
  function turn(): void {
    // What comes meanwhile needs no turn of its own yet.
    isScheduled = true;
    const started = now();
    learn(started);
    let done = 0;
    for (let count = 0; first < waiting.length && (count === 0 || now() - started < SLICE_MS); count++) {
      const { bytes, work } = waiting[first++]!;
      done += bytes;
      work();
    }
    bytesWaiting -= done;
    const acts = ends;
    ends = [];
    for (const act of acts) act();
    isScheduled = false;
    if (first === waiting.length) {
      waiting.length = 0;
      first = 0;
      last = null;
    } else {
      if (first >= 1_024) first -= waiting.splice(0, first).length;
      last = { started, bytes: done };
    }
    if (waiting.length > 0 || ends.length > 0) schedule();
  }
  return {
    push(bytes, work) {
      waiting.push({ bytes, work });
      bytesWaiting += bytes;
      schedule();
    },
    atEnd(act) {
      ends.push(act);
      schedule();
    },
    get wait() {
      return bytesWaiting === 0 ? 0 : (bytesWaiting * busyMs) / Math.max(1, busyBytes);
    },
  };
}
