import { describe, expect, it } from "vitest";
import type { TaskEvent, Watch } from "../contracts/executor.js";
import { taskProgress } from "./task-progress.js";

function watching(signal = new AbortController().signal) {
  const told: TaskEvent[] = [];
  const answers: { resolve(answer: "continue" | "stop"): void; reject(error: Error): void }[] = [];
  const event: Watch["event"] = (one) => {
    told.push(one);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  };
  return { told, answers, ...taskProgress("model/fit", { event, signal }) };
}

describe("progress of a task", () => {
  it("goes on before the answer is there, and waits for it when it tells again", async () => {
    const { told, answers, progress } = watching();
    await progress(0.5, "half");
    expect(told).toEqual([{ kind: "progress", share: 0.5, message: "half" }]);
    const next = progress(1, "all");
    await Promise.resolve();
    expect(told).toHaveLength(1);
    answers[0]!.resolve("continue");
    await next;
    expect(told).toHaveLength(2);
  });

  it("stops when the last answer said so", async () => {
    const { told, answers, progress } = watching();
    await progress(null, "first");
    answers[0]!.resolve("stop");
    await expect(progress(null, "second")).rejects.toMatchObject({ code: "RUN_INTERRUPTED", message: expect.stringContaining("model/fit") });
    expect(told).toHaveLength(1);
  });

  it("ends with what telling threw, though nothing more is told", async () => {
    const { answers, progress, settled } = watching();
    await settled();
    await progress(null, "first");
    answers[0]!.reject(new Error("nobody listens"));
    await expect(settled()).rejects.toThrow("nobody listens");
    await expect(progress(null, "second")).rejects.toThrow("nobody listens");
  });

  it("stops at once when the signal has fired", async () => {
    const { progress } = watching(AbortSignal.abort("over"));
    await expect(progress(null, "first")).rejects.toMatchObject({ code: "RUN_INTERRUPTED" });
  });
});
