import type { Fold } from "../../contracts/fold.js";
import type { Json } from "../../contracts/json.js";
import type { Coordinator, StepContext } from "../../contracts/step.js";
import type { Buffers, Task } from "../../contracts/task.js";
import { decode } from "../../fold/encode.js";
import { digestOfJson } from "../../fold/digest.js";

/** Pieces of a fold, per slot of the executor where it has more than one: enough that slots end together, few enough that what each opens is opened seldom. */
const PIECES_PER_SLOT = 8;

/** The partial of one part of the data. */
export interface PartPartial<Partial = unknown> {
  readonly part: number;
  readonly partial: Partial;
}

/** What is folded, beside the task that asks for it. */
export interface FoldOptions {
  /** The name of a PartFold. */
  readonly fold: string;
  /** Which of its folds. */
  readonly of: Json;
  /** Parts of the data, in order. */
  readonly parts: readonly number[];
}

/** A fold over parts of the data: the partial of each, made from nothing but the task, its buffers and the options, so that it is the same wherever it is made. */
export type PartFold<Partial = unknown> = (task: Task, options: FoldOptions, context: StepContext) => AsyncIterable<PartPartial<Partial>>;

/**
 * Has parts of the data folded where the executor runs tasks, and gives their partials in the order of the parts, each as soon as it and all
 * before it are there: the caller merges some while others are made. They come back to the bit, whatever the number of slots.
 */
export async function* foldParts<Partial>(task: Task, { fold, of, parts }: FoldOptions, { slots, schedule }: Coordinator, buffers: Buffers = {}): AsyncIterable<PartPartial<Partial>> {
  const size = slots === 1 ? parts.length : Math.ceil(parts.length / (slots * PIECES_PER_SLOT));
  const pieces = Array.from({ length: size === 0 ? 0 : Math.ceil(parts.length / size) }, (_, piece) => parts.slice(piece * size, (piece + 1) * size));
  const tasks = pieces.map((own, piece): Task => {
    const options: FoldOptions = { fold, of, parts: own };
    return { ...task, id: `${task.id} ${fold}.${piece}`, step: "fold-parts", key: digestOfJson([task.key, options as unknown as Json]), options: { task: task.options, options: options as unknown as Json }, buffers };
  });
  for await (const { buffers: partials } of schedule(tasks)) for (const [part, bytes] of Object.entries(partials!)) yield { part: Number(part), partial: decode<Partial>(bytes) };
}

/** Merges partials in the order of the parts, and finishes; `tick` is called with the share that is merged. */
export async function mergeParts<Result>(fold: Fold<Result>, partials: AsyncIterable<PartPartial>, parts: number, tick: (share: number) => Promise<void>): Promise<Result> {
  let merged: unknown = null;
  let count = 0;
  for await (const { partial } of partials) {
    merged = count === 0 ? partial : fold.merge(merged, partial);
    await tick(++count / parts);
  }
  return fold.finish(count === 0 ? fold.start() : merged);
}

/** Bytes that every thread of this process may read without a copy. */
export function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  copy.set(bytes);
  return copy;
}
