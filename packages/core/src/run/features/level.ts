import type { Allocate } from "../../contracts/allocate.js";
import type { Field, Frame } from "../../contracts/frame.js";
import type { Signature } from "../../contracts/model.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import { createFrame } from "../../frame/frame.js";
import { withColumns } from "../../frame/take.js";
import { featureGraph, type FittedTransform } from "./feature-graph.js";
import type { PassFold, PassFolds } from "./fold-set.js";
import type { PlacedTransform, Scope, Slot } from "./scope.js";
import { CROSS_PARTS, type SideBatch, type SideView } from "./training-batches.js";

/** What is fitted, from which rows. */
export interface FitPasses {
  readonly name: string;
  readonly raw: readonly Field[];
  readonly scope: Scope;
  readonly target: Field | null;
  readonly crossFit: boolean;
  /** Only asked for where a level reads what another left: it takes a while to start. */
  runtime(): Promise<Runtime>;
  readonly view: SideView;
  /** More folds for the first pass. */
  readonly beside: PassFolds;
}

/** The transforms of one depth, which learn in one pass, and what the levels before it left to them. */
export interface Level {
  readonly number: number;
  /** From raw columns to what this level reads of the earlier ones: one graph, or one per part of cross-fitting; none where it reads raw columns only. */
  readonly graphs: readonly { readonly onnx: Uint8Array; readonly signature: Signature }[];
  /** The fields of those values as they were learnt, by slot; one that a selection dropped is absent. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** Throws what the lowering of the earlier levels throws. */
export function levelOf({ name, raw, scope, crossFit }: FitPasses, fitted: readonly FittedTransform[], number: number): Level {
  const slots = [...new Map(transformsOf(scope, number).flatMap(({ inputs }) => inputs).filter(({ level }) => level > 0).map((slot) => [slot.id, slot])).values()];
  if (slots.length === 0) return { number, graphs: [], fields: new Map() };
  const crosses = crossFit && fitted.some(({ crossStates }) => crossStates !== null) ? Array.from({ length: CROSS_PARTS }, (_, cross) => cross) : [null];
  const graphs = crosses.map((cross) => featureGraph(name, raw, fitted, slots, cross, ({ id }) => id));
  const { fields } = graphs[0]!;
  // Where a selection dropped all that is read here, there is no graph to run.
  return { number, graphs: fields.size === 0 ? [] : graphs, fields };
}

export function transformsOf(scope: Scope, level: number): readonly PlacedTransform[] {
  return scope.placed.filter((placed) => placed.level === level);
}

/** The transform with its inputs' fields as they were learnt, without those that a selection dropped. */
export function learnt(placed: PlacedTransform, { fields }: Level): PlacedTransform {
  const inputs = placed.inputs.flatMap((slot) => {
    const field = slot.level === 0 ? slot.field : fields.get(slot.id);
    return field === undefined ? [] : [{ ...slot, field }];
  });
  return { ...placed, inputs };
}

/** The folds of a level, by the index of their transform; the first has what stands beside, too. */
export function levelFolds(passes: FitPasses, level: Level): PassFolds {
  const own = transformsOf(passes.scope, level.number).map((placed): [string, PassFold] => [String(placed.index), passFold(learnt(placed, level), passes.target)]);
  return new Map([...own, ...(level.number === 1 ? passes.beside : [])]);
}

/** The raw columns that a level's pass reads. */
export function rawColumns({ scope, beside }: FitPasses, { number, graphs }: Level): ReadonlySet<string> {
  // What stands beside sees every raw column that some transform reads.
  const readers = number === 1 && beside.size > 0 ? scope.placed : transformsOf(scope, number);
  const read = readers.flatMap(({ inputs }) => inputs.filter((slot) => slot.level === 0).map(({ id }) => id));
  return new Set([...read, ...graphs.flatMap(({ signature }) => signature.inputs.map(({ name }) => name))]);
}

/** Whether some fold of a level sees `$target`: where none does, nobody need make it. */
export function readsTarget({ scope, raw }: FitPasses, number: number): boolean {
  return raw.some(({ name }) => name === "$target") || transformsOf(scope, number).some(({ transform }) => learnsTarget(transform));
}

function learnsTarget({ learnsFrom }: PlacedTransform["transform"]): boolean {
  return learnsFrom === "target" || learnsFrom === "selection";
}

function passFold({ transform, inputs }: PlacedTransform, target: Field | null): PassFold {
  return {
    fold: transform.fit(inputs.map(({ field }) => field), learnsTarget(transform) ? target : null),
    cross: transform.learnsFrom === "target",
    view(frame) {
      const roles = frame.fields.filter(({ name }) => name === "$weight" || (learnsTarget(transform) && name === "$target"));
      const columns = [...inputs.map(({ id }: Slot) => frame.column(id)), ...roles.map(({ name }) => frame.column(name))];
      return createFrame([...inputs.map(({ field }) => field), ...roles], columns, frame.length);
    },
  };
}

export interface LevelView extends AsyncDisposable {
  /** The batch with the columns of earlier levels, each under its slot's id, as the graph itself gives them, in memory from `allocate` where the runtime knows how. */
  extend(batch: SideBatch, allocate: Allocate): Promise<SideBatch>;
}

/** Runs what is fitted so far, so that a level learns from what the graph itself gives. */
export async function openLevel({ graphs }: Level, { runtime }: FitPasses): Promise<LevelView> {
  // A part has many rows.
  const predictors = await Promise.all(graphs.map(async (graph) => (await runtime()).load(graph, "split")));
  return {
    extend: async (batch, allocate) => (predictors.length === 0 ? batch : { ...batch, frame: await extended(batch.frame, predictors[predictors.length === 1 ? 0 : batch.cross!]!, allocate) }),
    async [Symbol.asyncDispose]() {
      for (const predictor of predictors) await predictor[Symbol.asyncDispose]();
    },
  };
}

async function extended(frame: Frame, predictor: Predictor, allocate: Allocate): Promise<Frame> {
  const computed = await predictor.predict(frame, allocate);
  return withColumns(frame, computed.fields, computed.fields.map(({ name }) => computed.column(name)));
}
