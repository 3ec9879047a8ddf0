import type { Json } from "../../contracts/json.js";
import type { Coordinator, StepContext } from "../../contracts/step.js";
import type { Buffers, Task } from "../../contracts/task.js";
import { decode } from "../../fold/encode.js";
import { digestOfJson } from "../../fold/digest.js";
import { mergeTree, type Span } from "./merge-tree.js";

/** What is folded, beside the task that asks for it. */
export interface FoldOptions {
  /** The name of a PartFold. */
  readonly fold: string;
  /** Which of its folds. */
  readonly of: Json;
  /** Parts of the data, in order. */
  readonly parts: readonly number[];
}

/** What is folded, and how it is cut into pieces. */
export interface FoldPlan extends FoldOptions {
  /** Whether to open the fold takes about as long as to fold a part: then each slot opens it once. Default: false. */
  readonly isDearToOpen?: boolean;
}

/** A piece of it: some of the parts, and how many stand before them. */
export interface PieceOptions extends FoldOptions {
  readonly first: number;
}

/** A fold over parts of the data that is open to be done. */
export interface OpenPartFold<Partial = unknown> extends AsyncDisposable {
  /** What else the parts folded so far leave to whoever asked. */
  readonly kept: Buffers;
  partial(part: number): Promise<Partial>;
  /** May change and return its first argument; `left` holds the earlier parts. */
  merge(left: Partial, right: Partial): Partial;
}

/** Opens a fold over parts of the data, from nothing but the task, its buffers and `of`: so the partials are the same wherever they are made. */
export type PartFold<Partial = unknown> = (task: Task, of: Json, context: StepContext) => Promise<OpenPartFold<Partial>>;

/** Bytes beside the partials that those who fold get and leave. */
export interface Hands {
  /** Beside the task, for a piece of these parts. */
  give(parts: readonly number[]): Buffers;
  keep(name: string, bytes: Uint8Array): void;
}

const EMPTY_HANDS: Hands = { give: () => ({}), keep() {} };

/**
 * Has parts of the data folded where the executor runs tasks, and gives what came of it in the order of the parts, each span as soon as it and all
 * before it are there: the caller merges some while others are made. They come back to the bit, whatever the number of slots.
 */
export async function* foldParts<Partial>(task: Task, { fold, of, parts, isDearToOpen = false }: FoldPlan, { slots, schedule }: Coordinator, { give, keep } = EMPTY_HANDS): AsyncIterable<Span<Partial>> {
  const tasks = piecesOf(parts, slots, isDearToOpen ? Math.ceil(parts.length / slots) : 1).map((piece, index): Task => {
    const options: PieceOptions = { fold, of, ...piece };
    return { ...task, id: `${task.id} ${fold}.${index}`, step: "fold-parts", key: digestOfJson([task.key, options as unknown as Json]), options: { task: task.options, options: options as unknown as Json }, buffers: give(piece.parts) };
  });
  for await (const { buffers } of schedule(tasks))
    for (const [name, bytes] of Object.entries(buffers!)) {
      const place = placeOf(name);
      if (place === null) keep(name, bytes);
      else yield { ...place, partial: decode<Partial>(bytes) };
    }
}

/**
 * Each piece is what is left divided by the slots (guided self-scheduling: C. D. Polychronopoulos and D. J. Kuck, 1987): few of them, since each
 * opens the fold anew, and the last ones so small that slots end together. With one slot it is one piece.
 * @param least parts of each piece but the last.
 */
export function piecesOf(parts: readonly number[], slots: number, least = 1): readonly Pick<PieceOptions, "parts" | "first">[] {
  const pieces: Pick<PieceOptions, "parts" | "first">[] = [];
  for (let first = 0, size: number; first < parts.length; first += size) {
    size = Math.max(least, Math.ceil((parts.length - first) / slots));
    pieces.push({ first, parts: parts.slice(first, first + size) });
  }
  return pieces;
}

/** The name under which the bytes of a span travel. */
export function placeName({ first, count }: Span): string {
  return `${first}+${count}`;
}

/** Null: it is the name of something else. */
function placeOf(name: string): Pick<Span, "first" | "count"> | null {
  const [, first, count] = /^(\d+)\+(\d+)$/.exec(name) ?? [];
  return count === undefined ? null : { first: Number(first), count: Number(count) };
}

/** The partial of all parts, null where there are none. `tick` is called with the number of parts that have come. */
export async function mergeParts<Partial>(merge: (left: Partial, right: Partial) => Partial, spans: AsyncIterable<Span<Partial>>, tick: (parts: number) => Promise<void> = async () => {}): Promise<Partial | null> {
  const tree = mergeTree(merge);
  for await (const span of spans) {
    tree.add(span);
    await tick(span.first + span.count);
  }
  return tree.all();
}
