import type { Frame } from "../contracts/frame.js";
import type { Plugin } from "../contracts/plugin.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import { field } from "../frame/frame.js";
import { fromRows } from "../frame/rows.js";
import { samplePlugin } from "./sample-plugin.js";
import { testModel } from "./test-engine.js";

/** Rows of a number `x`, a text `city` with gaps, and a number `y` to predict. */
export function sampleFrame(rows: number): Frame {
  return fromRows(
    [field("x", "float64"), field("city", "string"), field("y", "float64")],
    Array.from({ length: rows }, (_, row) => ({ x: row % 7, city: ["Rome", "Oslo", null][row % 3]!, y: (row % 7) + (row % 3) })),
  );
}

/** A model that goes through every step of the core: for suites of what needs a project around it. */
export function sampleProject(more: Partial<ResolvedModel> = {}): { readonly model: ResolvedModel; readonly plugins: readonly Plugin[] } {
  const model = testModel({
    features: [{ use: { kind: "transform", name: "center", with: { scale: 1 } }, from: ["x"], as: null }],
    train: { kind: "trainer", name: "constant", with: { scale: 1 } },
    register: { alias: "champion" },
    ...more,
    columns: { target: "y", ...more.columns } as ResolvedModel["columns"],
    usualMetrics: null,
    evaluate: { metrics: [{ kind: "metric", name: "mean-error", with: {} }], slices: [], baselines: [], confidence: 0.95, gates: [], ...more.evaluate },
  });
  return { model, plugins: [samplePlugin] };
}
