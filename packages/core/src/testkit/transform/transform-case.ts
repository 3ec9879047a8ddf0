import type { Field, Frame } from "../../contracts/frame.js";
import type { ModelBundle, Runtime } from "../../contracts/runtime.js";
import type { Transform } from "../../contracts/transform.js";
import { field } from "../../frame/frame.js";
import { seeded } from "../../frame/random.js";
import { leaveAfter, lowerAfter, lowerTransform } from "../../graph/lower.js";
import { createGraph } from "../../graph/writer.js";
import { randomFrame } from "../random-frame.js";

export interface TransformCase {
  create(): Transform;
  /** The columns that it takes. */
  readonly fields: readonly Field[];
  /** Columns that `fields` must refuse, each alone, beside those of types that it cannot learn from or lower, which the suite finds by itself. Default: none. */
  readonly refuses?: readonly Field[];
  /** What it learns from, beside its columns; null (the default): nothing. */
  readonly target?: Field | null;
  /** Rows to learn from and to apply to, with `$target` where there is one; the default: random ones of `fields` with odd values among them. */
  frame?(rows: number, random: () => number): Frame;
  /** `after`: it stands behind a model, and may give truths (bool). Default `features`. */
  readonly place?: "features" | "after";
  /** The runtimes that its graph must agree in. */
  runtimes(): Promise<readonly Runtime[]>;
  /** Relative difference between partitions of the fold, in `describeFold`'s sense. Default 0. */
  readonly tolerance?: number;
}

/** All columns of a case's frames. */
export function columnsOf({ fields, target = null }: TransformCase): readonly Field[] {
  return target === null ? fields : [...fields, target];
}

export function framesOf(subject: TransformCase, rows: number, seed: number): Frame {
  const random = seeded(seed);
  return subject.frame?.(rows, random) ?? randomFrame(columnsOf(subject), rows, random);
}

/** What the transform learns of random rows. */
export function learn(subject: TransformCase, transform: Transform, rows = 60): unknown {
  const fold = transform.fit(subject.fields, subject.target ?? null);
  return fold.finish(rows === 0 ? fold.start() : fold.add(fold.start(), framesOf(subject, rows, 1)));
}

/** The fitted transform as a model of its own. A transform of the target is lowered for one of its two uses. */
export function modelOf(subject: TransformCase, transform: Transform, state: unknown, value: "$target" | "prediction" = "prediction"): ModelBundle {
  const isTarget = transform.learnsFrom === "target-only";
  const inputs = isTarget ? [field(value, "float64")] : subject.fields;
  const graph = createGraph("transform");
  const values = new Map(inputs.map((input) => [input.name, graph.input(input)]));
  const isBehind = isTarget || subject.place === "after";
  const promised = transform.fields(inputs);
  const lowered = (isBehind ? lowerAfter : lowerTransform)(graph, transform, state, promised, values);
  for (const [name, result] of lowered) {
    const output = isBehind ? leaveAfter(graph, result, promised.find((field) => field.name === name)!.dtype) : result;
    graph.output(name, output, { ...output.field, name });
  }
  const signature = { name: "transform", inputs, outputs: graph.outputs(), problem: null, seen: {} };
  return { onnx: graph.finish(signature), signature };
}
