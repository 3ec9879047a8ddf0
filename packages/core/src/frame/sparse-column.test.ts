import { expect, it } from "vitest";
import { createFrame, field } from "./frame.js";
import { fromRows, toRows } from "./rows.js";
import { sparseColumn } from "./sparse-column.js";

const z = field("z", "sparse", { nullable: false, shape: [10] });
const optional = { ...z, nullable: true };

it("holds what is not 0, in order of its place", () => {
  expect(sparseColumn([[[7, 1], [2, 0.5], [7, 1]], [], [[3, 0], [4, 1], [4, -1]]])).toEqual({ dtype: "sparse", starts: Int32Array.of(0, 2, 2, 2), places: Int32Array.of(2, 7), numbers: Float32Array.of(0.5, 2) });
});

it("is an object of numbers by place in JSON, and comes back", () => {
  const frame = createFrame([optional], [sparseColumn([[[2, 0.5], [9, 1]], []])], 2);
  expect(toRows(frame)).toEqual([{ z: { 2: 0.5, 9: 1 } }, { z: {} }]);
  expect(fromRows([optional], toRows(frame)).column("z")).toEqual(frame.column("z"));
  expect(fromRows([optional], [{ z: null }]).column("z")).toEqual(sparseColumn([[]]));
  for (const wrong of [{ 10: 1 }, { "-1": 1 }, { a: 1 }, { 1: "x" }, { 1: null }, [1], 3]) expect(() => fromRows([optional], [{ z: wrong as never }])).toThrow(expect.objectContaining({ code: "FRAME_VALUE", mend: expect.stringContaining("by place, 0 to 9") }));
});

it("has the frame's length", () => {
  expect(() => createFrame([z], [sparseColumn([[], []])], 3)).toThrow(expect.objectContaining({ code: "FRAME_LENGTH" }));
});
