import { describe, expect, it } from "vitest";
import { capacityText, type CapacityReport } from "./capacity-text.js";
import { machineNow } from "./machine.js";
import { processMemory } from "./process-memory.js";

const level = (connections: number, perSecond: number, p99: number) => ({ connections, perSecond, p50: p99 / 2, p99, failed: 0, failure: null });
const REPORT: CapacityReport = { model: "delays", version: 3, rows: 1, levels: [level(1, 1_000, 1.25), level(16, 3_000, 6)], knee: 16, perSecond: 3_000, memoryBytes: 100 * 2 ** 20, busy: 0.7, need: null, machine: { cores: 8, load: 0.1, isBusy: false } };

describe("the text of a measurement", () => {
  it("has a table, the memory, and what the figures are of", () => {
    expect(capacityText(REPORT)).toBe(`delays@3, 1 row a request

connections  requests/s  p50 ms  p99 ms
          1       1,000    0.63    1.25
         16       3,000    3.00    6.00  the knee

memory 100 MiB

Measured on this machine: 8 cores, which server and client shared. Elsewhere the figures are others.
`);
  });

  it("says how many processes a load needs, or that none do", () => {
    expect(capacityText({ ...REPORT, need: { rate: 20_000, p99: null, processes: 10 } })).toContain("20,000 requests/s need 10 processes: one answers 3,000, and is to be busy for 70 % of the time at the most. Each wants a core of its own, and this machine has 8.\n");
    expect(capacityText({ ...REPORT, need: { rate: 100, p99: 20, processes: 1 } })).toContain("100 requests/s with a p99 of at most 20 ms need 1 process: one answers 3,000, and is to be busy for 70 % of the time at the most.\n");
    expect(capacityText({ ...REPORT, perSecond: null, need: { rate: 100, p99: 1, processes: null } })).toContain("100 requests/s with a p99 of at most 1 ms: more processes do not help, for already with 1 connection the p99 is 1.25 ms.\n");
  });

  it("says what failed, and that the machine was busy", () => {
    const text = capacityText({ ...REPORT, levels: [{ ...level(1, 0, 0), failed: 12, failure: "429: slower" }], knee: null, perSecond: null, machine: machineNow(2, 1.234) });
    expect(text).toContain("12 failed\n");
    expect(text).toContain("The first request that failed: 429: slower\n");
    expect(text).toContain("(a load of 1.2)");
    expect(machineNow(8, 2).isBusy).toBe(false);
  });
});

describe("memory", () => {
  it("is that of a process with all that it started, and not known of one that is gone", async () => {
    const found = await processMemory(process.pid);
    if (process.platform === "linux") expect(found).toBeGreaterThan(10 * 2 ** 20);
    expect(await processMemory(2 ** 30)).toBeNull();
  });
});
