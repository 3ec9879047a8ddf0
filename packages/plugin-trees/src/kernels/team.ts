import { MillraceError } from "@millrace/core";
import { type Arena, createArena } from "./arena.js";
import { compiled } from "./compiled.js";
import { enlist } from "./enlist.js";
import { lead, meetingAt } from "./meeting.js";
import { BLOCK_ROWS, type Kernel, KERNELS } from "./kernels.js";

/** Threads that do kernels together over one memory. */
export interface Team extends AsyncDisposable {
  readonly arena: Arena;
  readonly threads: number;
  /**
   * All threads do the kernel, this one among them; returns when all are done. Where it is known to take few `nanoseconds` in all, this thread does all shares
   * one behind another, which is the same and waits for nobody.
   */
  run(kernel: Kernel, integers: readonly number[], floats?: ArrayLike<number>, nanoseconds?: number): void;
  /** Of rows 0 ... n - 1, how many each thread has: blocks in turn. */
  rowsOf(rows: number): readonly number[];
}

export interface TeamOptions {
  readonly threads: number;
  /** All that the kernels will take. */
  readonly bytes: number;
  /** The build without SIMD and threads: one thread, the same bits. Default false. */
  readonly plain?: boolean;
}

/** To have threads begin and to await them takes some microseconds, on a busy machine many more. */
const WORTH_A_MEETING = 40_000;
const CONTROL_BYTES = 192;
/** 32 integers, then 16 floats: as assembly/args.ts. */
const INTEGERS_BYTES = 128;
const FLOATS_BYTES = 128;

/** A team with memory of its own; disposing of it gives its threads back and lets the memory go. Throws TREES_THREAD from `run` where a thread has died. */
export async function createTeam(options: TeamOptions): Promise<Team> {
  const { module, isFast } = compiled(options.plain);
  const threads = isFast ? options.threads : 1;
  const arena = createArena(isFast, options.bytes + CONTROL_BYTES + INTEGERS_BYTES + FLOATS_BYTES);
  const control = arena.take(CONTROL_BYTES);
  const at = arena.take(INTEGERS_BYTES + FLOATS_BYTES);
  const { memory } = arena;
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const perform = exports["perform"] as (kernel: number, integers: number, thread: number) => void;
  const ended = threads > 1 ? await enlist(threads - 1, { module, memory, control, integers: at }) : null;
  const meeting = meetingAt(memory, control);
  return {
    arena,
    threads,
    run(kernel, integers, floats = [], nanoseconds = Infinity) {
      arena.i32(at, integers.length).set(integers);
      arena.f64(at + INTEGERS_BYTES, floats.length).set(floats);
      if (ended === null || nanoseconds < WORTH_A_MEETING) for (let thread = 0; thread < threads; thread++) perform(KERNELS[kernel], at, thread);
      else if (!lead(meeting, threads - 1, KERNELS[kernel], () => perform(KERNELS[kernel], at, 0))) throw threadLost();
    },
    rowsOf(rows) {
      const counts = Array.from({ length: threads }, () => 0);
      for (let first = 0, block = 0; first < rows; first += BLOCK_ROWS, block++) counts[block % threads]! += Math.min(BLOCK_ROWS, rows - first);
      return counts;
    },
    async [Symbol.asyncDispose]() {
      if (ended === null) return;
      lead(meeting, threads - 1, KERNELS.stop, () => {});
      await ended();
    },
  };
}

function threadLost(): MillraceError {
  return new MillraceError({ code: "TREES_THREAD", message: "A thread of the training does not answer any more.", mend: "Run it again; where it happens again, set limits.threads to 1 and report it." });
}
