import { inputReader } from "../inputs/input-reader.js";
import { createBatch } from "../engine/batch.js";
import { typesModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { runningServer } from "../../fixtures/running-server.js";
import { closedLoop } from "./closed-loop.js";
import { kneeOf } from "./knee.js";
import { measureCapacity } from "./measure-capacity.js";
import { sampleRows } from "./sample-rows.js";

const { signature } = typesModel();

describe("capacity", () => {
  it("asks with rows that the model takes without a flag, the same each time", () => {
    const rows = sampleRows(signature.inputs, signature.seen, 50);
    const flags = inputReader(signature, { policies: { city: "refuse", at: "refuse" }, unknown: "refuse", textNumbers: false, masked: new Set() }).rows(rows, createBatch(signature.inputs));
    expect(flags).toEqual([]);
    expect(sampleRows(signature.inputs, signature.seen, 50)).toEqual(rows);
  });

  it("is measured with requests that are all answered", async () => {
    const server = await runningServer({ auth: { keys: "me read,infer 0123456789abcdef0123" } }, { model: "types", bundle: typesModel() });
    const { signal } = new AbortController();
    const { levels, memoryBytes } = await measureCapacity({ url: server.url, model: "types", key: "0123456789abcdef0123", signature, rows: 2, milliseconds: 400, signal });
    expect(levels.length).toBeGreaterThanOrEqual(3);
    expect(levels.map(({ failed, failure }) => [failed, failure])).toEqual(levels.map(() => [0, null]));
    expect(kneeOf(levels)!.perSecond).toBeGreaterThan(0);
    expect(memoryBytes).toBeGreaterThan(2 ** 20);
  });

  it("counts what is refused, tells the first refusal, and ends where it is told to", async () => {
    const server = await runningServer({ auth: { keys: "me read,infer 0123456789abcdef0123" } }, { model: "types", bundle: typesModel() });
    const loop = { url: server.url, path: "/v1/models/types/predict", headers: {}, bodies: ["{}"], connections: 2, milliseconds: 20 };
    const refused = await closedLoop({ ...loop, signal: new AbortController().signal });
    expect(refused).toMatchObject({ perSecond: 0, failure: expect.stringMatching(/^401: .*SERVE_KEY/) });
    expect(refused.failed).toBeGreaterThan(0);
    const stopping = new AbortController();
    const stopped = closedLoop({ ...loop, milliseconds: 60_000, signal: stopping.signal });
    stopping.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    const nobody = await closedLoop({ ...loop, url: "http://127.0.0.1:1", signal: new AbortController().signal });
    expect(nobody).toMatchObject({ perSecond: 0, failed: 2, failure: expect.stringContaining("ECONNREFUSED") });
  });
});
