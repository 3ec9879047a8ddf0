import type { Field, Frame, Rows } from "../../contracts/frame.js";
import type { ModelBundle, Runtime } from "../../contracts/runtime.js";
import type { Support } from "../../contracts/support.js";
import type { Problem, Progress, Trainer } from "../../contracts/trainer.js";
import { seeded } from "../../frame/random.js";
import { slice } from "../../frame/take.js";
import { lowerTrainer, predictionField } from "../../graph/lower.js";
import { predictionOutputs } from "../../graph/outputs.js";
import { referenceRuntime } from "../../graph/reference/runtime.js";
import { createGraph } from "../../graph/writer.js";
import { rowsOf } from "../rows-of.js";
import { trainingFrame } from "./training-frame.js";

export interface TrainerCase {
  create(): Trainer;
  readonly problem: Problem;
  /** float32 columns, int32 codes with categories, and sparse vectors where the trainer takes them. */
  readonly features: readonly Field[];
  /** Rows to learn from, with `$target`; the default: random ones whose target follows the features. */
  frame?(rows: number, random: () => number): Frame;
  /** The runtimes that its graph must agree in. */
  runtimes(): Promise<readonly Runtime[]>;
  /** Greatest difference of predictions after a resume, or of weighted from repeated rows. Default 1e-5. */
  readonly tolerance?: number;
  /** Whether it is to predict better than the mean of the target, or why not: a baseline is not. Default true. */
  readonly learns?: Support;
  /** Whether it reports its steps, or why not: one with a closed form has none. Default true. */
  readonly reports?: Support;
}

/** Rows of most trainings of the suite. */
export const ROWS = 300;

export function framesOf(subject: TrainerCase, rows: number, seed: number): Frame {
  const random = seeded(seed);
  return subject.frame?.(rows, random) ?? trainingFrame(subject.features, subject.problem, rows, random);
}

export interface Trained {
  readonly state: unknown;
  readonly saved: readonly unknown[];
  readonly steps: readonly number[];
}

export interface Training {
  readonly frame?: Frame;
  /** Rows for validation. Default: none. */
  readonly validation?: Frame;
  /** Default: those of the case. */
  readonly features?: readonly Field[];
  readonly start?: unknown;
  readonly signal?: AbortSignal;
  /** What `report` answers, after so many reports (from 1). */
  readonly answer?: (reports: number) => "continue" | "stop";
}

/** Trains on the case's rows, in two batches. */
export async function train(subject: TrainerCase, trainer: Trainer, { frame = framesOf(subject, ROWS, 1), validation, features = subject.features, start = null, signal = new AbortController().signal, answer = () => "continue" }: Training = {}): Promise<Trained> {
  const saved: unknown[] = [];
  const steps: number[] = [];
  const progress: Progress<unknown> = {
    async report(step) {
      steps.push(step);
      return answer(steps.length);
    },
    async save(state) {
      saved.push(structuredClone(state));
    },
    random: seeded("trainer"),
    signal,
    limits: { threads: 1, memoryBytes: 2 ** 30 },
  };
  const state = await trainer.train({ problem: subject.problem, features, train: inTwo(frame), validation: validation === undefined ? null : inTwo(validation) }, start, progress);
  return { state, saved, steps };
}

function inTwo(frame: Frame): Rows {
  const half = frame.length >> 1;
  return rowsOf(half === 0 ? [frame] : [slice(frame, 0, half), slice(frame, half, frame.length)]);
}

/** The trained model alone: features in, outputs as a registered model has them. */
export function modelOf(subject: TrainerCase, trainer: Trainer, state: unknown): ModelBundle {
  const graph = createGraph("trainer");
  const features = new Map(subject.features.map((feature) => [feature.name, graph.input(feature)]));
  const value = lowerTrainer(graph, trainer, state, subject.problem, features);
  for (const [name, output] of predictionOutputs(graph, subject.problem, value)) graph.output(name, output, output.field);
  const signature = { name: "trainer", inputs: subject.features, outputs: graph.outputs(), problem: subject.problem, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

/** The predictions for rows: scores, probabilities row after row, or numbers. */
export async function predict(subject: TrainerCase, trainer: Trainer, state: unknown, frame: Frame = framesOf(subject, ROWS, 1)): Promise<Float32Array> {
  await using predictor = await referenceRuntime.load(modelOf(subject, trainer, state));
  const result = await predictor.predict(frame);
  return (result.column(predictionField(subject.problem).name) as { values: Float32Array }).values;
}
