import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread, resourceLimits } from "node:worker_threads";
import { MillraceError } from "./millrace-error.js";

const MIB = 2 ** 20;
/** What a step takes between two looks, and a collection itself. */
const MARGIN = 1 / 8;

/** What V8 says of the heap of this thread, and how to have it collected. */
export interface Heap {
  /** Bytes; what is dead and not yet collected is among those in use. */
  look(): { readonly used: number; readonly limit: number };
  collect(): void;
}

/**
 * For work in which JavaScript's heap grows: throws LIMIT_MEMORY where it is nearly full, and a collection does not help. V8 itself ends the
 * process, or the thread, where it is full, and where that happens below native code the process aborts. A look takes 2 µs. `what` begins a
 * sentence: `The task "model/fit"`.
 */
export function requireHeap(what: string, heap: Heap = ownHeap): void {
  const isFull = (): boolean => {
    const { used, limit } = heap.look();
    return used > limit * (1 - MARGIN);
  };
  if (!isFull()) return;
  heap.collect();
  if (!isFull()) return;
  const { used, limit } = heap.look();
  throw new MillraceError({
    code: "LIMIT_MEMORY",
    message: `${what} fills the heap of its ${isMainThread ? "process" : "thread"}: ${Math.floor(used / MIB)} MiB of ${Math.floor(limit / MIB)} MiB are in use, most of it by texts.`,
    mend: isMainThread ? "Take fewer rows or columns, or give Node a larger heap: NODE_OPTIONS=--max-old-space-size=4096." : "Raise limits.memory, take fewer rows or columns, or set executor.with.threads lower, so that each thread has more of it.",
    facts: { used, limit },
  });
}

const ownHeap: Heap = {
  look() {
    const { used_heap_size: used, heap_size_limit } = getHeapStatistics();
    // A thread ends where the old generation is full; V8's limit has the young one in it, which may be a fifth of a small heap.
    const { maxOldGenerationSizeMb: old } = resourceLimits;
    return { used, limit: old === undefined ? heap_size_limit : old * MIB };
  },
  collect: () => (collect ??= collector())(),
};

let collect: (() => void) | null = null;

/** Node has no other way to ask for a collection than the flag, which contexts made afterwards see. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const found = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  return found;
}
