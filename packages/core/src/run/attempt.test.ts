import { describe, expect, it } from "vitest";
import type { Digest } from "../contracts/digest.js";
import type { TaskEvent, Watch } from "../contracts/executor.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { attempt } from "./attempt.js";

const task: Task = { id: "model/fit", step: "fit", key: "sha256:0" as Digest, inputs: {}, options: {}, uses: {}, code: {} };
const result: TaskResult = { outputs: {}, ledger: null, summary: null };
const watch = (signal = new AbortController().signal) => ({ signal, event: async () => "continue" as const });
const failing = (code: string, times: number) => {
  let tries = 0;
  return async () => {
    if (++tries <= times) throw new MillraceError({ code, message: "no", mend: "wait" });
    return result;
  };
};

describe("an attempt", () => {
  it("tries again where the error may pass, as often as the limits say", async () => {
    expect(await attempt(task, failing("STORE_BUSY", 2), watch(), { taskTimeMs: 1_000, retries: 2 })).toEqual({ result, attempts: 3 });
    await expect(attempt(task, failing("STORE_BUSY", 3), watch(), { taskTimeMs: 1_000, retries: 2 })).rejects.toMatchObject({ code: "STORE_BUSY" });
  });

  it("says why a try failed, before each further one", async () => {
    const events: TaskEvent[] = [];
    const told: Watch = { ...watch(), event: async (event) => (events.push(event), "continue") };
    await expect(attempt(task, failing("EXECUTOR_LOST", 9), told, { taskTimeMs: 1_000, retries: 1 })).rejects.toMatchObject({ code: "EXECUTOR_LOST" });
    expect(events).toEqual([{ kind: "log", level: "warn", message: "model/fit: try 1 of 2 failed, and it is tried again: EXECUTOR_LOST: no", facts: { code: "EXECUTOR_LOST", message: "no" } }]);
  });

  it("does not try again what tried its own tasks as often as it may", async () => {
    let tries = 0;
    const lost = async () => {
      tries++;
      throw new MillraceError({ code: "EXECUTOR_LOST", message: "no", mend: "wait" });
    };
    const limits = { taskTimeMs: 1_000, retries: 3 };
    const outer = attempt({ ...task, id: "outer" }, async () => (await attempt(task, lost, watch(), limits)).result, watch(), limits);
    await expect(outer).rejects.toMatchObject({ code: "EXECUTOR_LOST" });
    expect(tries).toBe(4);
  });

  it("never tries bad data again", async () => {
    await expect(attempt(task, failing("DATA_EMPTY", 1), watch(), { taskTimeMs: 1_000, retries: 2 })).rejects.toMatchObject({ code: "DATA_EMPTY" });
  });

  it("warns of a task that goes on when its time is over", async () => {
    const events: TaskEvent[] = [];
    let end = (_: TaskResult): void => {};
    const told: Watch = { ...watch(), event: async (event) => (events.push(event), end(result), "continue") };
    await attempt(task, () => new Promise<TaskResult>((resolve) => (end = resolve)), told, { taskTimeMs: 5, retries: 0 });
    expect(events).toMatchObject([{ kind: "log", level: "warn", message: "model/fit: took longer than limits.taskTime, 5 ms, and was asked to stop, but goes on: a task stops where it tells how far it is." }]);
  });

  it("ends what takes too long, and says so", async () => {
    const endless = (_: Task, { signal }: { readonly signal: AbortSignal }) => new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
    await expect(attempt(task, endless, watch(), { taskTimeMs: 5, retries: 2 })).rejects.toMatchObject({ code: "RUN_TASK_TIME" });
    const stop = new AbortController();
    const run = attempt(task, endless, watch(stop.signal), { taskTimeMs: 60_000, retries: 2 });
    stop.abort();
    await expect(run).rejects.toThrow("aborted");
  });
});
