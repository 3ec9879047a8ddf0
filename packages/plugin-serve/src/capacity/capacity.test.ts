import { inputReader } from "../inputs/input-reader.js";
import { createBatch } from "../engine/batch.js";
import { typesModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { runningServer } from "../../fixtures/running-server.js";
import { closedLoop } from "./closed-loop.js";
import { measureCapacity, processesFor } from "./measure-capacity.js";
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
    const { steps, perSecond, memoryBytes } = await measureCapacity({ url: server.url, model: "types", key: "0123456789abcdef0123", signature, rows: 2, milliseconds: 60 });
    expect(steps.map(({ connections, failed }) => [connections, failed])).toEqual([[1, 0], [16, 0], [64, 0]]);
    expect(perSecond).toBeGreaterThan(0);
    expect(memoryBytes).toBeGreaterThan(2 ** 20);
    const refused = await closedLoop({ url: server.url, path: "/v1/models/types/predict", headers: {}, bodies: ["{}"], connections: 2, milliseconds: 20 });
    expect(refused.failed).toBeGreaterThan(0);
  });

  it("says how many servers a load needs", () => {
    expect([1, 700, 701, 7_000].map((load) => processesFor(load, 1_000))).toEqual([1, 1, 2, 10]);
  });
});
