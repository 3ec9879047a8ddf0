import { createFrame, field, MillraceError, numberColumn, type Frame } from "@millrace/core";
import { describe, expect, it } from "vitest";
import type { LaneEvents } from "../lane-events.js";
import type { ModelWorker } from "./start-worker.js";
import { workerLane } from "./worker-lane.js";
import { append, type NumberList } from "../number-list.js";

const INPUTS = [field("x", "float64")];
const numbers = (frame: Frame) => (frame.column("x") as { readonly values: Float64Array }).values;
const lost = () => new MillraceError({ code: "SERVE_WORKER_LOST", message: "gone", mend: "none." });

/** Workers in this process: each echoes, is lost on a row of -1 or when it is killed, fails on -2, and never answers on -3. */
function fakeWorkers() {
  const batches: number[][] = [];
  let started = 0;
  const start = async (): Promise<ModelWorker> => {
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    let drop: ((error: Error) => void) | null = null;
    const kill = (): void => {
      drop?.(lost());
      end();
    };
    return {
      pid: ++started,
      ended,
      kill,
      run: (frame) =>
        new Promise((resolve, reject) => {
          drop = reject;
          const values = [...numbers(frame)];
          batches.push(values);
          if (values.includes(-1)) setImmediate(kill);
          else if (values.includes(-2)) setImmediate(() => reject(new Error("bad row")));
          else if (!values.includes(-3)) setImmediate(() => resolve(createFrame(INPUTS, [numberColumn("float64", Float64Array.from(values))], frame.length)));
        }),
    };
  };
  return { start, batches, starts: () => started };
}

const quiet: LaneEvents = { waited() {}, batch() {}, started() {}, lost() {}, ejected() {} };

async function laneOf(workers = 1, events: Partial<LaneEvents> = {}, soon: (act: () => void) => void = setImmediate) {
  const fake = fakeWorkers();
  const first = await Promise.all(Array.from({ length: workers }, fake.start));
  const lane = workerLane({ inputs: INPUTS, workers: first, start: fake.start, events: { ...quiet, ...events }, soon });
  const ask = (value: number, milliseconds = 60_000): Promise<number | string> =>
    new Promise((resolve) => {
      const batch = lane.open();
      const from = batch.length;
      append(batch.columns[0] as NumberList, value);
      batch.length++;
      const now = performance.now();
      lane.submit({ from, to: batch.length, arrived: now, deadline: now + milliseconds, done: (frame, at, error) => resolve(error === null ? numbers(frame!)[at]! : error.code) });
    });
  return { ...fake, lane, ask };
}

describe("rows for workers", () => {
  it("of one turn go together, and what comes meanwhile is the next batch", async () => {
    const { ask, batches } = await laneOf();
    const first = Promise.all([ask(1), ask(2), ask(3)]);
    await new Promise((resolve) => setImmediate(resolve));
    const second = Promise.all([ask(4), ask(5)]);
    expect([await first, await second]).toEqual([[1, 2, 3], [4, 5]]);
    expect(batches).toEqual([[1, 2, 3], [4, 5]]);
  });

  it("are asked again where the worker was lost, and the row that loses it fails alone, after few losses", async () => {
    const { ask, starts } = await laneOf();
    const values = Array.from({ length: 64 }, (_, at) => (at === 37 ? -1 : at));
    expect(await Promise.all(values.map((value) => ask(value)))).toEqual(values.map((value) => (value === -1 ? "SERVE_FAILED" : value)));
    expect(starts()).toBeLessThanOrEqual(5);
  });

  it("on which the model fails are found by halves, and no worker is lost", async () => {
    const { ask, starts } = await laneOf();
    const values = [1, 2, -2, 4, 5, -2, 7];
    expect(await Promise.all(values.map((value) => ask(value)))).toEqual(values.map((value) => (value === -2 ? "SERVE_FAILED" : value)));
    expect(starts()).toBe(1);
  });

  it("whose time is up end the run that nobody waits for any more", async () => {
    const losses: number[] = [];
    const { ask, lane } = await laneOf(1, { lost: () => losses.push(1) }, queueMicrotask);
    expect(await Promise.all([ask(-3, 30), ask(8, 30)])).toEqual(["SERVE_DEADLINE", "SERVE_DEADLINE"]);
    expect(await ask(9)).toBe(9);
    expect(losses).toEqual([1]);
    expect(lane.pending).toBe(0);
  });

  it("that expired while they waited are never run", async () => {
    // Dispatched in a microtask, the first is running before any timer can end it.
    const { ask, batches } = await laneOf(1, {}, queueMicrotask);
    const hung = ask(-3, 40);
    await Promise.resolve();
    expect(batches).toEqual([[-3]]);
    expect(await ask(5, 1)).toBe("SERVE_DEADLINE");
    expect(await hung).toBe("SERVE_DEADLINE");
    expect(await ask(6)).toBe(6);
    expect(batches.flat()).not.toContain(5);
  });

  it("use every worker", async () => {
    const { ask } = await laneOf(2);
    const hung = ask(-3, 100);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ask(1)).toBe(1);
    expect(await hung).toBe("SERVE_DEADLINE");
  });

  it("are refused where workers end again and again", async () => {
    const ejections: number[] = [];
    const { ask } = await laneOf(1, { ejected: () => ejections.push(1) });
    const answers: unknown[] = [];
    while (ejections.length === 0) answers.push(await ask(-1));
    expect(answers.every((answer) => answer === "SERVE_FAILED" || answer === "SERVE_UNAVAILABLE")).toBe(true);
    expect(await ask(1)).toBe("SERVE_UNAVAILABLE");
  });

  it("are answered before the lane closes", async () => {
    const { ask, lane } = await laneOf();
    const asked = Promise.all([ask(1), ask(2)]);
    await lane[Symbol.asyncDispose]();
    expect(await asked).toEqual([1, 2]);
  });
});
