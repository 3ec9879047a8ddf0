import { createFrame, field, type Frame } from "@millrace/core";
import { describeFold } from "@millrace/core/testkit";
import { ridgeFold } from "../ridge.js";
import { structureOf } from "../optimize/structure.js";
import { shapeOf } from "./features.js";

const features = [field("far", "float32"), field("v", "float32", { shape: [2] }), field("city", "int32", { nullable: false, categories: ["a", "b", "c"] }), field("hour", "int32", { nullable: false, categories: ["0", "1"] })];
const fields = [...features, field("$target", "float64"), field("$weight", "float64")];
const shape = shapeOf(features);

/** A column far from 0, where sums without a shift would lose their digits; one value in eight missing. */
function rows(count: number, random: () => number): Frame {
  const numbers = (length: number, at: number) => Float32Array.from({ length }, () => (random() < 0.125 ? Number.NaN : at + random()));
  const codes = (size: number) => ({ dtype: "int32" as const, values: Int32Array.from({ length: count }, () => Math.floor(random() * size)), validity: null });
  const doubles = () => ({ dtype: "float64" as const, values: Float64Array.from({ length: count }, () => 1e3 + random()) });
  return createFrame(
    fields,
    [{ dtype: "float32", values: numbers(count, 1e5) }, { dtype: "float32", values: numbers(2 * count, 0) }, codes(5), codes(4), doubles(), doubles()],
    count,
  );
}

describeFold({ name: "ridge regression", fields, create: () => ridgeFold(shape, structureOf(shape, Infinity, 1), 1), frame: rows, tolerance: 1e-6 });
