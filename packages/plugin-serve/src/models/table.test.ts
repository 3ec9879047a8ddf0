import { MillraceError, type Log, type ModelVersion } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { inUse, type InUse } from "./in-use.js";
import type { Served } from "./served.js";
import { createTable, type ModelTable } from "./table.js";
import type { Catalogue } from "./wanted.js";

const version = (model: string, number: number) => ({ model, version: number, gates: "passed", sample: null }) as unknown as ModelVersion;
const catalogue = (champion: number, ...numbers: readonly number[]): Catalogue => ({ versions: numbers.map((number) => version("m", number)), aliases: [{ model: "m", alias: "champion", version: champion }] }) as Catalogue;
const path = { model: "m", version: null, alias: null };

interface Watched {
  readonly table: ModelTable;
  /** What was loaded, closed, and told as an error, in order. */
  readonly events: string[];
  readonly uses: Map<number, InUse>;
}

/** `load` decides how the loading of a version goes; it ends well by default. */
function watchedTable(load: (number: number, signal: AbortSignal) => Promise<void> = async () => {}): Watched {
  const events: string[] = [];
  const uses = new Map<number, InUse>();
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => void events.push(`error ${message}`) };
  const table = createTable({
    refs: [],
    log,
    async load({ version: number }, signal) {
      await load(number, signal);
      events.push(`loaded ${number}`);
      uses.set(number, inUse());
      return { model: "m", number, uses: uses.get(number), lane: { [Symbol.asyncDispose]: async () => void events.push(`closed ${number}`) } } as unknown as Served;
    },
  });
  return { table, events, uses };
}

function inFlight(uses: InUse): { readonly request: Promise<void>; answer(): void } {
  let answer = (): void => {};
  const request = uses.during(() => new Promise<void>((resolve) => (answer = resolve)));
  return { request, answer };
}

describe("the models that answer", () => {
  it("switch at once, and the one before closes when its requests have their answers", async () => {
    const { table, events, uses } = watchedTable();
    await table.update(catalogue(1, 1));
    const { request, answer } = inFlight(uses.get(1)!);
    await table.update(catalogue(2, 1, 2));
    expect(table.find(path).number).toBe(2);
    expect(events).toEqual(["loaded 1", "loaded 2"]);
    answer();
    await request;
    await table[Symbol.asyncDispose]();
    expect(events).toEqual(["loaded 1", "loaded 2", "closed 1", "closed 2"]);
  });

  it("stay where the next one cannot be loaded, and move when it can", async () => {
    let isBroken = true;
    const { table, events } = watchedTable(async (number) => {
      if (number === 2 && isBroken) throw new MillraceError({ code: "ARTIFACT_DAMAGED", message: "damaged", mend: "none" });
    });
    await table.update(catalogue(1, 1));
    for (let time = 0; time < 2; time++) await table.update(catalogue(2, 1, 2));
    expect([table.find(path).number, table.failures.get("m@2")?.code]).toEqual([1, "ARTIFACT_DAMAGED"]);
    // Told once, however often it is tried.
    expect(events.filter((event) => event.startsWith("error"))).toEqual(["error m@2 is not served: damaged"]);
    await expect(table.offer("m")).rejects.toMatchObject({ code: "SERVE_STATE" });
    isBroken = false;
    await table.update(catalogue(2, 1, 2));
    expect([table.find(path).number, table.failures.size]).toEqual([2, 0]);
  });

  it("are the same whatever offers and withdrawals come at once, and load once", async () => {
    const { table, events } = watchedTable();
    await table.update(catalogue(1, 1));
    const all = await Promise.allSettled([table.withdraw("m"), table.offer("m"), table.withdraw("m"), table.offer("m"), table.offer("m")]);
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "fulfilled"));
    expect(table.find(path).number).toBe(1);
    const [loads, closes] = ["loaded 1", "closed 1"].map((event) => events.filter((one) => one === event).length);
    expect(loads! - closes!).toBe(1);
    await table.withdraw("m");
    expect(() => table.find(path)).toThrow(expect.objectContaining({ code: "SERVE_NOT_FOUND" }));
    expect(table.loaded).toEqual([]);
  });

  it("are withdrawn when their requests have their answers", async () => {
    const { table, events, uses } = watchedTable();
    await table.update(catalogue(1, 1));
    const { request, answer } = inFlight(uses.get(1)!);
    const withdrawn = table.withdraw("m").then(() => events.push("withdrawn"));
    expect(() => table.find(path)).toThrow(expect.objectContaining({ code: "SERVE_NOT_FOUND" }));
    answer();
    await Promise.all([request, withdrawn]);
    expect(events).toEqual(["loaded 1", "closed 1", "withdrawn"]);
  });

  it("that are loaded while the server stops are given up, without a word, and those that were loaded meanwhile close", async () => {
    const { table, events } = watchedTable(async (number, signal) => {
      if (number === 2) await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("killed"))));
    });
    await table.update(catalogue(1, 1));
    const update = table.update(catalogue(2, 1, 2));
    await table[Symbol.asyncDispose]();
    await update;
    expect(events).toEqual(["loaded 1", "closed 1"]);
  });
});
