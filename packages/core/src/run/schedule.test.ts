import { describe, expect, it } from "vitest";
import type { Digest } from "../contracts/digest.js";
import type { Executor, Watch } from "../contracts/executor.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { runInterrupted } from "../errors/run-interrupted.js";
import { schedule } from "./schedule.js";

const limits = { taskTimeMs: 60_000, retries: 2 };
const tasks = Array.from({ length: 7 }, (_, index): Task => ({ id: String(index), step: "part", key: `sha256:${index}` as Digest, inputs: {}, options: {}, uses: {}, code: {} }));
const resultOf = (id: string): TaskResult => ({ outputs: {}, ledger: null, summary: id });
const watch: Watch = { signal: new AbortController().signal, event: async () => "continue" };
const all = async (results: AsyncIterable<TaskResult>): Promise<readonly TaskResult[]> => {
  const found: TaskResult[] = [];
  for await (const result of results) found.push(result);
  return found;
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

function executor(slots: number, run: Executor["run"]): Executor {
  return { slots, run, async [Symbol.asyncDispose]() {} };
}

describe("scheduled tasks", () => {
  it("fill the slots, and their results come in their order", async () => {
    let running = 0;
    let most = 0;
    const results = await all(schedule(tasks, executor(3, async ({ id }) => {
      most = Math.max(most, ++running);
      for (let turns = 0; turns < 7 - Number(id); turns++) await turn();
      running--;
      return resultOf(id);
    }), watch, limits));
    expect(most).toBe(3);
    expect(results.map(({ summary }) => summary)).toEqual(tasks.map(({ id }) => id));
  });

  it("give each result as soon as it and all before it are there", async () => {
    const ends: (() => void)[] = [];
    const results = schedule(tasks.slice(0, 3), executor(3, ({ id }) => new Promise((resolve) => (ends[Number(id)] = () => resolve(resultOf(id))))), watch, limits);
    const first = results.next();
    await turn();
    ends[1]!();
    ends[0]!();
    expect((await first).value).toEqual(resultOf("0"));
    expect((await results.next()).value).toEqual(resultOf("1"));
    ends[2]!();
    expect((await all(results)).map(({ summary }) => summary)).toEqual(["2"]);
  });

  it("end when nobody asks for more", async () => {
    const started: string[] = [];
    const ended: string[] = [];
    const run = executor(2, async ({ id }, { signal }) => {
      started.push(id);
      if (id !== "0") while (!signal.aborted) await turn();
      ended.push(id);
      return resultOf(id);
    });
    for await (const { summary } of schedule(tasks, run, watch, limits)) {
      expect(summary).toBe("0");
      break;
    }
    expect(ended.toSorted()).toEqual(started.toSorted());
    expect(started.length).toBeLessThan(tasks.length);
  });

  it("run again where that may help", async () => {
    const tries: string[] = [];
    await all(schedule(tasks.slice(0, 2), executor(2, async ({ id }) => {
      tries.push(id);
      if (id === "1" && tries.length < 3) throw new MillraceError({ code: "EXECUTOR_LOST", message: "gone", mend: "wait" });
      return resultOf(id);
    }), watch, limits));
    expect(tries).toEqual(["0", "1", "1"]);
  });

  it("stop with the first that fails, and its error is theirs", async () => {
    const started: string[] = [];
    const ended: string[] = [];
    const run = all(schedule(tasks, executor(2, async ({ id }, { signal }) => {
      started.push(id);
      if (id === "1") throw new Error("bad data");
      while (!signal.aborted) await turn();
      ended.push(id);
      throw runInterrupted(id, signal.reason);
    }), watch, limits));
    await expect(run).rejects.toThrow("bad data");
    expect([started, ended]).toEqual([["0", "1"], ["0"]]);
  });

  it("stop when the run stops", async () => {
    const stop = new AbortController();
    const run = all(schedule(tasks, executor(2, async ({ id }, { signal }) => {
      stop.abort(new Error("Ctrl-C"));
      while (!signal.aborted) await turn();
      throw runInterrupted(id, signal.reason);
    }), { ...watch, signal: stop.signal }, limits));
    await expect(run).rejects.toMatchObject({ code: "RUN_INTERRUPTED" });
  });
});
