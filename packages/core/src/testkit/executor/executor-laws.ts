import assert from "node:assert/strict";
import type { Executor, TaskEvent, Watch } from "../../contracts/executor.js";
import type { Task, TaskResult } from "../../contracts/task.js";
import { MillraceError } from "../../errors/millrace-error.js";
import type { Law } from "../law.js";
import { within } from "../patience.js";

export type RunTask = (task: Task, watch: Watch) => Promise<TaskResult>;

export interface ExecutorCase {
  /** An executor that calls `runTask` for each task, `slots` at once where it can choose. */
  create(how: { readonly runTask: RunTask; readonly slots: number }): Promise<Executor>;
  /** How long a task may take to start. Default 10,000. */
  readonly patienceMs?: number;
}

interface Bench {
  readonly executor: Executor;
  readonly patienceMs: number;
}

const RESULT: TaskResult = { outputs: { model: `sha256:${"1".repeat(64)}` as TaskResult["outputs"][string] }, ledger: { rowsIn: 3, rowsOut: 2, dropped: [{ reason: "no label", rows: 1 }] }, summary: { auc: 0.1 + 0.2, "": [null, "é"] } };

const CHECKPOINT = `sha256:${"5".repeat(64)}` as Task["key"];

/** All that an executor promises, a sentence each. */
export const executorLaws: readonly Law<ExecutorCase>[] = [
  law("a task comes back with its result", async () => RESULT, async ({ executor }) => {
    assert.deepEqual(await executor.run(task("a"), watch()), RESULT);
  }),
  law(
    "a task arrives as it was given",
    async (given) => ({ ...RESULT, summary: given as never }),
    async ({ executor }) => assert.deepEqual((await executor.run(task("a"), watch())).summary, task("a")),
  ),
  law(
    "buffers go with a task, and come with its result",
    async ({ buffers }) => ({ ...RESULT, buffers: { ...buffers, back: Uint8Array.of(7, 0, 255) } }),
    async ({ executor }) => {
      const { buffers } = await executor.run({ ...task("a"), buffers: { there: Uint8Array.of(1, 2, 3), empty: new Uint8Array(0) } }, watch());
      assert.deepEqual(Object.entries(buffers ?? {}).map(([name, bytes]) => [name, ...bytes]), [["there", 1, 2, 3], ["empty"], ["back", 7, 0, 255]]);
    },
  ),
  crowd("no more tasks run at once than there are slots", async ({ executor, most }) => {
    await Promise.all(Array.from({ length: executor.slots * 4 }, (_, i) => executor.run(task(`t${i}`), watch())));
    assert.ok(most() <= executor.slots, `${most()} tasks ran at once in ${executor.slots} slots`);
  }),
  held("as many tasks run at once as there are slots", async ({ executor, started, release }) => {
    const results = occupy(executor);
    await started(executor.slots);
    release();
    await Promise.all(results);
  }),
  law("every task of many runs once", async (given) => ({ ...RESULT, summary: given.id }), async ({ executor }) => {
    const names = Array.from({ length: 50 }, (_, i) => `t${i}`);
    const results = await Promise.all(names.map((name) => executor.run(task(name), watch())));
    assert.deepEqual(results.map(({ summary }) => summary), names);
  }),
  law(
    "an error of a task comes through with code, message, mend and facts",
    async () => {
      throw new MillraceError({ code: "CHECK_FAILED", message: "3 rows broke it.", mend: "Mend the rows.", facts: { rows: 3 } });
    },
    async ({ executor }) => {
      await assert.rejects(executor.run(task("a"), watch()), (error: unknown) => {
        assert.ok(MillraceError.is(error, "CHECK_FAILED"), String(error));
        assert.deepEqual([error.message, error.mend, error.facts["rows"]], ["3 rows broke it.", "Mend the rows.", 3]);
        return true;
      });
    },
  ),
  law(
    "a slot is free again behind a task that failed",
    async (given) => {
      if (given.id.startsWith("bad")) throw new Error("broken");
      return RESULT;
    },
    async ({ executor, patienceMs }) => {
      for (let i = 0; i <= executor.slots; i++) await assert.rejects(executor.run(task(`bad ${i}`), watch()), /broken/);
      assert.deepEqual((await within(patienceMs, "the task behind", executor.run(task("good"), watch()))).outputs, RESULT.outputs);
    },
  ),
  law(
    "events arrive in order, and their answers come back",
    async (_, { event }) => {
      const answers = [await event(progress(0.25)), await event({ kind: "log", level: "warn", message: "slow", facts: { rows: 3 } }), await event(progress(null))];
      return { ...RESULT, summary: answers };
    },
    async ({ executor }) => {
      const events: TaskEvent[] = [];
      const event = async (each: TaskEvent): Promise<"continue" | "stop"> => (events.push(each) === 3 ? "stop" : "continue");
      const result = await executor.run(task("a"), { event, signal: new AbortController().signal });
      assert.deepEqual(events, [progress(0.25), { kind: "log", level: "warn", message: "slow", facts: { rows: 3 } }, progress(null)]);
      assert.deepEqual(result.summary, ["continue", "continue", "stop"]);
    },
  ),
  law(
    "a checkpoint is told of while its task runs, also of a task that is lost then",
    async (_, { event }) => {
      await event({ kind: "checkpoint", artifact: CHECKPOINT });
      throw new MillraceError({ code: "EXECUTOR_LOST", message: "The worker died.", mend: "Go on from the checkpoint." });
    },
    async ({ executor }) => {
      const events: TaskEvent[] = [];
      const event = async (each: TaskEvent): Promise<"continue" | "stop"> => (events.push(each), "continue");
      await assert.rejects(executor.run(task("a"), { event, signal: new AbortController().signal }), { code: "EXECUTOR_LOST" });
      assert.deepEqual(events, [{ kind: "checkpoint", artifact: CHECKPOINT }]);
    },
  ),
  law("a task that goes on is given its checkpoint", async ({ checkpoint }) => ({ ...RESULT, summary: checkpoint ?? null }), async ({ executor }) => {
    assert.equal((await executor.run(task("a"), watch())).summary, null);
    assert.equal((await executor.run({ ...task("a"), checkpoint: CHECKPOINT }, watch())).summary, CHECKPOINT);
  }),
  crowd("a task whose signal has fired does not start", async ({ executor, most }) => {
    await assert.rejects(executor.run(task("a"), watch(AbortSignal.abort())), { code: "RUN_INTERRUPTED" });
    assert.equal(most(), 0);
  }),
  held("a waiting task is given up when its signal fires, and never starts", async ({ executor, started, release, names, patienceMs }) => {
    const running = occupy(executor);
    await started(executor.slots);
    const stop = new AbortController();
    const waiting = executor.run(task("waiting"), watch(stop.signal));
    const refused = assert.rejects(waiting, { code: "RUN_INTERRUPTED" });
    stop.abort();
    await within(patienceMs, "the refusal", refused);
    release();
    await Promise.all(running);
    await executor.run(task("last"), watch());
    assert.ok(!names().includes("waiting"));
  }),
  held("a running task sees its signal, and ends as RUN_INTERRUPTED", async ({ executor, started, patienceMs }) => {
    const stop = new AbortController();
    const refused = assert.rejects(executor.run(task("a"), watch(stop.signal)), { code: "RUN_INTERRUPTED" });
    await started(1);
    stop.abort(new Error("Ctrl-C"));
    await within(patienceMs, "the end", refused);
  }),
  held("a signal ends its own task only", async ({ executor, started, release }) => {
    const stop = new AbortController();
    const kept = executor.run(task("kept"), watch());
    await started(1);
    const refused = assert.rejects(executor.run(task("a"), watch(stop.signal)), { code: "RUN_INTERRUPTED" });
    stop.abort();
    await refused;
    release();
    assert.deepEqual((await kept).outputs, RESULT.outputs);
  }),
  held("disposal waits for what runs and refuses what waits", async ({ executor, started, release, names }) => {
    const running = occupy(executor);
    await started(executor.slots);
    const refused = assert.rejects(executor.run(task("waiting"), watch()), { code: "EXECUTOR_CLOSED" });
    let ended = false;
    const closed = executor[Symbol.asyncDispose]().then(() => (ended = true));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, false);
    release();
    await Promise.all([...running, refused, closed]);
    assert.ok(!names().includes("waiting"));
  }),
  law("a closed executor refuses tasks, and may be disposed of again", async () => RESULT, async ({ executor }) => {
    await executor[Symbol.asyncDispose]();
    await executor[Symbol.asyncDispose]();
    await assert.rejects(executor.run(task("a"), watch()), { code: "EXECUTOR_CLOSED" });
  }),
];

function law(name: string, runTask: RunTask, check: (bench: Bench) => Promise<void>): Law<ExecutorCase> {
  return {
    name,
    async check({ create, patienceMs = 10_000 }) {
      const executor = await create({ runTask, slots: 3 });
      try {
        await within(patienceMs * 2, "the end of the check", check({ executor, patienceMs }));
      } finally {
        await within(patienceMs, "the disposal", Promise.resolve(executor[Symbol.asyncDispose]()));
      }
    },
  };
}

/** Tasks that take a few turns of the event loop; `most` is how many ran at once. */
function crowd(name: string, check: (bench: Bench & { most(): number }) => Promise<void>): Law<ExecutorCase> {
  return {
    name,
    check(subject) {
      let active = 0;
      let most = 0;
      const runTask: RunTask = async () => {
        most = Math.max(most, ++active);
        for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
        active--;
        return RESULT;
      };
      return law(name, runTask, (bench) => check({ ...bench, most: () => most })).check(subject);
    },
  };
}

interface Held extends Bench {
  /** Resolves when so many tasks have started. */
  started(count: number): Promise<void>;
  /** Lets every task end. */
  release(): void;
  /** The tasks that have started. */
  names(): readonly string[];
}

/** Tasks that run until they are released, or until their signal fires. */
function held(name: string, check: (bench: Held) => Promise<void>): Law<ExecutorCase> {
  return {
    name,
    async check(subject) {
      const names: string[] = [];
      const gate = new AbortController();
      let onStart: (() => void) | null = null;
      const runTask: RunTask = async (given, { signal }) => {
        names.push(given.id);
        onStart?.();
        await firing(AbortSignal.any([gate.signal, signal]));
        signal.throwIfAborted();
        return RESULT;
      };
      const started = (count: number, patienceMs: number): Promise<void> =>
        within(patienceMs, `the start of ${count} tasks`, new Promise((resolve) => ((onStart = () => names.length >= count && resolve()), onStart())));
      const { check: run } = law(name, runTask, async (bench) => {
        try {
          await check({ ...bench, started: (count) => started(count, bench.patienceMs), release: () => gate.abort(), names: () => names });
        } finally {
          gate.abort();
        }
      });
      await run(subject);
    },
  };
}

/** A task for every slot. Whoever gives up on them early leaves no rejection behind. */
function occupy(executor: Executor): readonly Promise<TaskResult>[] {
  const results = Array.from({ length: executor.slots }, (_, i) => executor.run(task(`t${i}`), watch()));
  for (const result of results) result.catch(() => {});
  return results;
}

function firing(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function task(id: string): Task {
  return { id, step: "train", key: `sha256:${"2".repeat(64)}` as Task["key"], inputs: { rows: `sha256:${"3".repeat(64)}` as Task["key"] }, options: { l2: 0.1, names: ["é", ""], none: null }, uses: { train: { kind: "trainer", name: "logistic", with: { l2: 1 } } }, code: { "plugin-linear": `sha256:${"4".repeat(64)}` as Task["key"] } };
}

function watch(signal: AbortSignal = new AbortController().signal): Watch {
  return { event: async () => "continue", signal };
}

function progress(share: number | null): TaskEvent {
  return { kind: "progress", share, message: "reading" };
}
