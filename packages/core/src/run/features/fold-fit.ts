import type { Field } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Signature } from "../../contracts/model.js";
import type { Coordinator } from "../../contracts/step.js";
import type { Buffers, Task } from "../../contracts/task.js";
import { partMemory } from "../data/part-memory.js";
import { partsOn } from "../data/sides.js";
import { foldParts, type PartFold } from "../parts/fold-parts.js";
import { shared } from "../parts/shared-memory.js";
import { addBatch, partMerge, startPart, type PartPartials } from "./fold-set.js";
import type { Pass } from "./fit-features.js";
import { keptBatches, keptRows, laterColumns, rowKeeper } from "./kept-rows.js";
import { levelFolds, openLevel, rawColumns, readsTarget, type Level } from "./level.js";
import { prepareFit } from "./prepare-fit.js";
import { sideBatches } from "./training-batches.js";

/** Which pass of a fit, and what the levels before left to it; their graphs are the buffers `graph.0`, `graph.1`, ... */
interface PassOptions {
  readonly of: "features" | "target";
  readonly level: number;
  readonly signatures: readonly Signature[];
  readonly fields: readonly (readonly [slot: string, field: Field])[];
  /** Whether the rows are among the buffers: the first pass kept them. */
  readonly isKept: boolean;
}

/** The partials of a part that has training rows. */
export const foldFit: PartFold<PartPartials> = async (task, of, context) => {
  const pass = of as unknown as PassOptions;
  const passes = (await prepareFit(task, context))[pass.of]!;
  const level = levelFrom(pass, task.buffers!);
  const folds = levelFolds(passes, level);
  const later = level.number === 1 ? laterColumns(passes) : [];
  const readers = later.length === 0 ? [level.number] : Array.from({ length: passes.scope.depth }, (_, index) => index + 1);
  const columns = readers.some((number) => readsTarget(passes, number)) ? passes.view.columns : { ...passes.view.columns, target: null };
  const view = await openLevel(level, passes);
  const memory = partMemory();
  const rows = { ...passes.view, columns, only: new Set([...rawColumns(passes, level), ...later]), allocate: memory.allocate };
  const keeper = rowKeeper(later);
  return {
    merge: partMerge(folds),
    get kept() {
      return keeper.kept;
    },
    async partial(part) {
      memory.nextPart();
      const partial = startPart(folds);
      for await (const batch of pass.isKept ? keptBatches(task.buffers!, part, memory.allocate) : sideBatches(rows, "train", [part])) {
        addBatch(folds, partial, await view.extend(batch, memory.allocate));
        keeper.keep(batch);
        await context.progress(null, `pass ${level.number} of ${Math.max(1, passes.scope.depth)}`);
      }
      return partial;
    },
    async [Symbol.asyncDispose]() {
      memory[Symbol.dispose]();
      await view[Symbol.asyncDispose]();
    },
  };
};

/** The passes of a fit, done by whoever runs tasks. `rows`: what they keep. */
export function passOver(task: Task, of: PassOptions["of"], coordinator: Coordinator, rows = keptRows()): Pass {
  return (passes, { number, graphs, fields }) => {
    const options: PassOptions = { of, level: number, signatures: graphs.map(({ signature }) => signature), fields: [...fields], isKept: rows.isThere };
    const shares = Object.fromEntries(graphs.map(({ onnx }, index) => [`graph.${index}`, shared(onnx)]));
    const hands = { give: (parts: readonly number[]) => ({ ...shares, ...rows.of(parts) }), keep: rows.keep };
    // To load graphs takes about as long as to fold a part that is in memory.
    const isDearToOpen = options.isKept && graphs.length > 0;
    return foldParts(task, { fold: "fit", of: options as unknown as Json, parts: partsOn(passes.view.split.manifest, "train"), isDearToOpen }, coordinator, hands);
  };
}

function levelFrom({ level: number, signatures, fields }: PassOptions, buffers: Buffers): Level {
  // Native code takes no shared memory: a copy of its own.
  const graphs = signatures.map((signature, index) => ({ onnx: Uint8Array.from(buffers[`graph.${index}`]!), signature }));
  return { number, graphs, fields: new Map(fields) };
}
