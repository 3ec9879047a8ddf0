import { BroadcastChannel } from "node:worker_threads";
import type { Executor, Json, Limits, Log, Task, TaskResult, Watch } from "@millrace/core";
import { describeExecutor, type RunTask } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
// Threads run built code, and what they say is read by the code that they are from.
import { threads } from "../dist/threads.js";
import { fromMessage, toMessage, type ErrorMessage } from "../dist/threads/messages.js";

const GIB = 2 ** 30;
const silent: Log = { info() {}, warn() {}, error() {}, debug() {} };

function fixture(name: string, project: Json) {
  return { module: new URL(`../fixtures/${name}`, import.meta.url).href, project };
}

type Lent = { readonly id: string } & ({ readonly kind: "run"; readonly task: Task } | { readonly kind: "answer"; readonly value: "continue" | "stop" } | { readonly kind: "stop"; readonly reason: ErrorMessage });

/** Does the tasks of the fixture lent-tasks in this thread. */
function lend(name: string, runTask: RunTask): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  const stops = new Map<string, AbortController>();
  const asked = new Map<string, (answer: "continue" | "stop") => void>();
  const send = channel.postMessage.bind(channel);
  channel.addEventListener("message", (event) => {
    const message = (event as unknown as { readonly data: Lent }).data;
    const tell = (kind: string, value: unknown): void => send({ id: message.id, kind, value });
    if (message.kind === "answer") asked.get(message.id)?.(message.value);
    if (message.kind === "stop") stops.get(message.id)?.abort(fromMessage(message.reason));
    if (message.kind !== "run") return;
    const stop = new AbortController();
    stops.set(message.id, stop);
    const ask: Watch["event"] = (value) => new Promise((resolve) => (asked.set(message.id, resolve), tell("event", value)));
    runTask(message.task, { signal: stop.signal, event: ask }).then(
      (result) => tell("ended", result),
      (error: unknown) => tell("failed", toMessage(error)),
    );
  });
  return channel;
}

let channels = 0;

describeExecutor({
  name: "threads",
  async create({ runTask, slots }) {
    const channel = `lent-tasks ${process.pid}.${++channels}`;
    const lending = lend(channel, runTask);
    const executor = threads({ threads: slots }, { project: fixture("lent-tasks.mjs", { channel }), limits: { threads: slots, memoryBytes: 8 * GIB }, log: silent });
    return {
      slots: executor.slots,
      run: (task, watch) => executor.run(task, watch),
      async [Symbol.asyncDispose]() {
        await executor[Symbol.asyncDispose]();
        lending.close();
      },
    } satisfies Executor;
  },
});

function troubled(project: Json = {}, limits: Limits = { threads: 2, memoryBytes: 2 * GIB }, count = 2, log = silent): Executor {
  return threads({ threads: count }, { project: fixture("troubled-tasks.mjs", project), limits, log });
}

function run(executor: Executor, step: string, watch: Watch = { signal: new AbortController().signal, event: async () => "continue" }): Promise<TaskResult> {
  return executor.run({ id: `model/${step}`, step, key: `sha256:${"0".repeat(64)}` as Task["key"], inputs: {}, options: {}, uses: {}, code: {} }, watch);
}

describe("threads", () => {
  it.each(["exit", "throw"])("tell that a task is lost when its thread ends (%s), and go on with another", async (step) => {
    await using executor = troubled();
    await expect(run(executor, step)).rejects.toMatchObject({ code: "EXECUTOR_LOST", facts: { task: `model/${step}` } });
    expect((await run(executor, "good")).outputs).toEqual({});
  });

  it("tell of memory where a thread's heap is full", async () => {
    await using executor = troubled({}, { threads: 1, memoryBytes: GIB / 2 }, 1);
    await expect(run(executor, "fill")).rejects.toMatchObject({ code: "LIMIT_MEMORY" });
    expect((await run(executor, "good")).outputs).toEqual({});
  });

  it("share the budget", async () => {
    await using executor = troubled();
    const { summary } = await run(executor, "good");
    expect(summary).toEqual({ threads: 1, memoryBytes: ((2 - 0.25) * GIB) / 2 });
  });

  it("refuse to be more than the budget bears", () => {
    expect(() => troubled({}, { threads: 8, memoryBytes: GIB }, 8)).toThrow(expect.objectContaining({ code: "LIMIT_MEMORY", mend: "Set executor.with.threads to 3, or raise limits.memory." }));
    expect(() => troubled({}, { threads: 1, memoryBytes: GIB / 4 }, 1)).toThrow(expect.objectContaining({ code: "LIMIT_MEMORY", mend: "Use the executor in-process, or raise limits.memory." }));
  });

  it("pass on why a project does not open, with every task", async () => {
    await using executor = troubled({ isBroken: true });
    await expect(run(executor, "good")).rejects.toThrow("no such plugin");
    await expect(run(executor, "good")).rejects.toThrow("no such plugin");
  });

  it("need a project that has files", () => {
    expect(() => threads({}, { project: null, limits: { threads: 2, memoryBytes: GIB }, log: silent })).toThrow(expect.objectContaining({ code: "EXECUTOR_NO_PROJECT" }));
  });

  it("log where the run logs", async () => {
    const logged: unknown[] = [];
    await using executor = troubled({}, { threads: 2, memoryBytes: 2 * GIB }, 2, { ...silent, info: (facts, message) => void logged.push([facts, message]) });
    await run(executor, "good");
    expect(logged).toEqual([[{ task: "model/good", count: "2" }, "begun"]]);
  });

  it("give a task the error of an event", async () => {
    await using executor = troubled();
    const watch: Watch = { signal: new AbortController().signal, event: () => Promise.reject(new Error("nobody listens")) };
    await expect(run(executor, "good", watch)).rejects.toThrow("nobody listens");
  });
});
