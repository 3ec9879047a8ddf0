import { field } from "@millrace/core";
import { expect, it } from "vitest";
import { localLane } from "./local-lane.js";
import { append, type NumberList } from "./number-list.js";

const INPUTS = [field("n", "int32")];

it("a batch that cannot be made fails its jobs, and no others", async () => {
  const lane = localLane({ predictor: { input: INPUTS, output: INPUTS, predict: async (frame) => frame, async [Symbol.asyncDispose]() {} }, inputs: INPUTS, events: { waited() {}, batch() {}, started() {}, lost() {}, ejected() {} }, mostRows: 100 });
  const ask = (value: number): Promise<string | null> =>
    new Promise((resolve) => {
      const batch = lane.open();
      const from = batch.length;
      append(batch.columns[0] as NumberList, value);
      batch.length++;
      lane.submit({ from, to: batch.length, arrived: 0, deadline: Infinity, done: (_, __, error) => resolve(error?.code ?? null) });
    });
  // The reader lets no fraction through; should it ever, the server stands.
  expect(await ask(0.5)).toBe("SERVE_FAILED");
  expect(await ask(1)).toBeNull();
});
