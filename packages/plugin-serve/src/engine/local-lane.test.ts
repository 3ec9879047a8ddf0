import { createFrame, field, numberColumn, type Frame, type Predictor } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { localLane } from "./local-lane.js";
import { append, type NumberList } from "./number-list.js";

const INPUTS = [field("x", "float64")];
const numbers = (frame: Frame) => (frame.column("x") as { readonly values: Float64Array }).values;

function laneOf(mostRows = 100) {
  const batches: number[][] = [];
  let closed = 0;
  const predictor: Predictor = {
    input: INPUTS,
    output: INPUTS,
    async predict(frame) {
      const values = [...numbers(frame)];
      batches.push(values);
      if (values.includes(-2)) throw new Error("bad row");
      return createFrame(INPUTS, [numberColumn("float64", Float64Array.from(values))], frame.length);
    },
    async [Symbol.asyncDispose]() {
      closed++;
    },
  };
  const lane = localLane({ predictor, inputs: INPUTS, events: { waited() {}, batch() {}, started() {}, lost() {}, ejected() {} }, mostRows });
  const ask = (value: number, deadline = Infinity, rows = 1): Promise<number | string> =>
    new Promise((resolve) => {
      const batch = lane.open();
      const from = batch.length;
      for (let row = 0; row < rows; row++) append(batch.columns[0] as NumberList, value);
      batch.length += rows;
      lane.submit({ from, to: batch.length, arrived: 0, deadline, done: (frame, at, error) => resolve(error === null ? numbers(frame!)[at]! : error.code) });
    });
  return { lane, ask, batches, closed: () => closed };
}

describe("rows for this process", () => {
  it("of one turn of the event loop are one batch", async () => {
    const { ask, batches } = laneOf();
    expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([1, 2, 3]);
    expect(await Promise.all([ask(4), ask(5)])).toEqual([4, 5]);
    expect(batches).toEqual([[1, 2, 3], [4, 5]]);
  });

  it("are several batches where one would block the event loop for long, in their order", async () => {
    const { ask, batches, lane } = laneOf(2);
    const asked = [1, 2, 3, 4, 5].map((value) => ask(value));
    expect(lane.pending).toBe(5);
    expect(lane.age).toBeGreaterThan(0);
    expect(await Promise.all(asked)).toEqual([1, 2, 3, 4, 5]);
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
    expect(lane.age).toBe(0);
  });

  it("of long requests are not put together where both are more than a batch", async () => {
    const { ask, batches } = laneOf(5);
    expect(await Promise.all([1, 2, 3].map((value) => ask(value, Infinity, 3)))).toEqual([1, 2, 3]);
    expect(batches).toEqual([[1, 1, 1], [2, 2, 2], [3, 3, 3]]);
    expect(await Promise.all([ask(1), ask(2, Infinity, 7), ask(3)])).toEqual([1, 2, 3]);
    expect(batches.slice(3)).toEqual([[1, 2, 2, 2, 2, 2, 2, 2], [3]]);
  });

  it("on which the model fails are found by halves", async () => {
    const { ask } = laneOf();
    const values = [1, -2, 3, 4, -2];
    expect(await Promise.all(values.map((value) => ask(value)))).toEqual(values.map((value) => (value === -2 ? "SERVE_FAILED" : value)));
  });

  it("whose time is up are never run", async () => {
    const { ask, batches } = laneOf();
    expect(await Promise.all([ask(1), ask(2, 0), ask(3)])).toEqual([1, "SERVE_DEADLINE", 3]);
    expect(batches.length).toBe(1);
  });

  it("are answered before the predictor is closed", async () => {
    const { ask, lane, closed } = laneOf();
    const asked = ask(1);
    await lane[Symbol.asyncDispose]();
    expect([await asked, closed(), lane.pending]).toEqual([1, 1, 0]);
  });
});
