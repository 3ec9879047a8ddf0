import { assert, integer, nat, property } from "fast-check";
import { expect, it } from "vitest";
import { field } from "../frame/frame.js";
import { randomRows } from "../frame/random-rows.js";
import { seeded } from "../frame/random.js";
import { sparseColumn, type SparseColumn } from "../frame/sparse-column.js";
import { canonicalProblem } from "../testkit/canonical-problem.js";
import { packSparse, unpackSparse } from "./sparse-tensor.js";

it("comes back as it was, whatever the fullest row of the batch", () => {
  assert(
    property(integer(), nat({ max: 30 }), (seed, rows) => {
      const frame = randomRows([field("z", "sparse", { nullable: false, shape: [2 ** 24] })], {}, rows, seeded(seed));
      expect(canonicalProblem(frame)).toBeNull();
      const column = frame.column("z") as SparseColumn;
      expect(unpackSparse(packSparse(column, 2 ** 24), 2 ** 24)).toEqual(column);
    }),
    { numRuns: 40 },
  );
});

it("puts places in order, adds what stands at one, and leaves out zeros and what is none", () => {
  const packed = { dtype: "float32", dims: [2, 8], values: Float32Array.of(5, 1, 5, 9, 2, 3, 4, 7, /* */ 9, 9, 0, 3, 1, 0, 0, 8) } as const;
  expect(unpackSparse(packed, 9)).toEqual(sparseColumn([[[1, 3], [5, 6]], [[3, 8]]]));
});
