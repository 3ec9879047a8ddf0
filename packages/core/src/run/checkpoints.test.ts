import { z } from "zod";
import { describe, expect, it } from "vitest";
import type { Digest } from "../contracts/digest.js";
import type { Trainer } from "../contracts/trainer.js";
import { MillraceError } from "../errors/millrace-error.js";
import { runInterrupted } from "../errors/run-interrupted.js";
import { field } from "../frame/frame.js";
import { fromRows } from "../frame/rows.js";
import { fill } from "../graph/columns.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel, type TestMemory } from "../testkit/test-engine.js";

interface Walk {
  readonly step: number;
  readonly place: number;
}

const STEPS = 12;
const rows = fromRows([field("x", "float64"), field("y", "float64")], Array.from({ length: 40 }, (_, row) => ({ x: row, y: row })));

/** A walk at random, which keeps every fifth place; `starts` gets the step that each training starts from, `trip` is called at each step. */
function walker(starts: number[], trip: (step: number) => void): Trainer<Walk> {
  return {
    sparse: { because: "It reads nothing." },
    async train(_data, start, progress) {
      let walk = start ?? { step: 0, place: 0 };
      starts.push(walk.step);
      while (walk.step < STEPS) {
        walk = { step: walk.step + 1, place: walk.place + progress.random() };
        trip(walk.step);
        if (progress.signal.aborted) throw runInterrupted("The walk", progress.signal.reason);
        await progress.report(walk.step, { place: walk.place });
        if (walk.step % 5 === 0) await progress.save(walk);
      }
      return walk;
    },
    lower: ({ place }, input, graph) => new Map([["prediction", fill(graph, [...input.values()][0]!, place)]]),
  };
}

/** Runs the training; its outputs, summary and why it failed. */
async function train(memory: TestMemory, trip: (step: number, stop: AbortController) => void = () => {}) {
  const starts: number[] = [];
  const stop = new AbortController();
  const plugin = definePlugin({ name: "walk", version: "1.0.0", url: import.meta.url, extensions: [defineExtension("trainer", { name: "walk", summary: "Walks.", options: z.strictObject({}), create: () => walker(starts, (step) => trip(step, stop)) })] });
  await using engine = await createTestEngine({ frames: [rows], plugins: [samplePlugin, plugin], models: [testModel({ columns: { target: "y" } as never, train: { kind: "trainer", name: "walk", with: {} } })], memory });
  const { record, error } = await engine.run({ only: ["model/train"], signal: stop.signal });
  const { key, attempts, summary } = record.tasks.find(({ step }) => step === "train")!;
  const stored = key === null ? null : await engine.store.get("task", key);
  const kept = await engine.store.find("checkpoint", {});
  return { starts, error, attempts, summary, outputs: stored?.value.outputs, kept: kept.map(({ value }) => value) };
}

describe("a training with checkpoints", () => {
  it("goes on from the newest one in the next run, and gives what it gives undisturbed", async () => {
    const undisturbed = await train(testMemory());
    expect(undisturbed).toMatchObject({ error: null, starts: [0], kept: [], summary: { iterations: STEPS } });
    const memory = testMemory();
    const stopped = await train(memory, (step, stop) => step === 8 && stop.abort());
    expect(stopped).toMatchObject({ starts: [0], error: { code: "RUN_INTERRUPTED" }, kept: [{ task: "model/train" }] });
    const { starts, ...next } = await train(memory);
    expect(starts).toEqual([5]);
    expect(next).toEqual({ ...undisturbed, starts: undefined });
  });

  it("goes on from the newest one when it is tried again", async () => {
    let isLost = false;
    const lost = await train(testMemory(), (step) => {
      if (step !== 11 || isLost) return;
      isLost = true;
      throw new MillraceError({ code: "EXECUTOR_LOST", message: "gone", mend: "wait" });
    });
    expect(lost).toMatchObject({ error: null, starts: [0, 10], attempts: 2, kept: [] });
    expect(lost.outputs).toEqual((await train(testMemory())).outputs);
  });

  it("starts anew where the newest one is gone", async () => {
    const memory = testMemory();
    const stopped = await train(memory, (step, stop) => step === 8 && stop.abort());
    memory.bytes.delete((stopped.kept[0] as { readonly artifact: Digest }).artifact);
    expect(await train(memory)).toMatchObject({ error: null, starts: [0], kept: [] });
  });
});
