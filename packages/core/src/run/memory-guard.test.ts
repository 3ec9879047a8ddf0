import { describe, expect, it, vi } from "vitest";
import { guardMemory } from "./memory-guard.js";

const GIB = 2 ** 30;

describe("the guard of memory", () => {
  it("stops a run that takes what the budget allows, with figures, once", () => {
    vi.useFakeTimers();
    let resident = GIB;
    using guard = guardMemory({ memoryBytes: 2 * GIB }, () => resident);
    vi.advanceTimersByTime(10_000);
    expect(guard.signal.aborted).toBe(false);
    resident = 1.9 * GIB;
    vi.advanceTimersByTime(100);
    expect(guard.signal.reason).toMatchObject({ code: "LIMIT_MEMORY", message: "The run takes 1945 MiB, and may use 2048 MiB: it was stopped. What had finished is kept." });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it("looks no more when it is let go", () => {
    vi.useFakeTimers();
    guardMemory({ memoryBytes: GIB }, () => GIB)[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
