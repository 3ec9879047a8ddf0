import type { Field, Frame } from "../../contracts/frame.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import type { Signature } from "../../contracts/model.js";
import { createFrame } from "../../frame/frame.js";
import { withColumns } from "../../frame/take.js";
import { featureGraph, type FittedTransform } from "./feature-graph.js";
import { foldSet, type PassFold, type PassResult } from "./fold-set.js";
import type { PlacedTransform, Scope, Slot } from "./scope.js";
import { CROSS_PARTS, type SideBatch } from "./training-batches.js";

export interface FitPasses {
  readonly name: string;
  readonly raw: readonly Field[];
  readonly scope: Scope;
  readonly target: Field | null;
  readonly crossFit: boolean;
  readonly runtime: Runtime;
  /** Reads the training rows once. */
  batches(): AsyncIterable<SideBatch>;
  /** More folds for the first pass. */
  readonly beside: ReadonlyMap<string, PassFold>;
  /** Tells how far it is. */
  tick(message: string): Promise<void>;
}

/** Fits transforms level by level: all of one level, and what stands beside, share one read of the rows. */
export async function fitFeatures(passes: FitPasses): Promise<{ readonly fitted: readonly FittedTransform[]; readonly beside: ReadonlyMap<string, PassResult> }> {
  const fitted: FittedTransform[] = [];
  let beside: ReadonlyMap<string, PassResult> = new Map();
  for (let level = 1; level <= Math.max(1, passes.scope.depth); level++) {
    const here = passes.scope.placed.filter((placed) => placed.level === level);
    await using view = await levelView(passes, fitted, here);
    const folds = new Map(here.map((placed) => [String(placed.index), passFold(placed, view.fieldOf, passes)]));
    if (level === 1) for (const [name, fold] of passes.beside) folds.set(name, fold);
    const set = foldSet(folds);
    for await (const batch of passes.batches()) {
      set.add({ ...batch, frame: await view.extend(batch) });
      await passes.tick(`pass ${level} of ${Math.max(1, passes.scope.depth)}`);
    }
    const results = set.finish();
    for (const placed of here) {
      const { all, others } = results.get(String(placed.index))!;
      fitted.push({ placed: learnt(placed, view.fieldOf), state: all, crossStates: others });
    }
    fitted.sort((left, right) => left.placed.index - right.placed.index);
    if (level === 1) beside = new Map([...passes.beside.keys()].map((name) => [name, results.get(name)!]));
  }
  return { fitted, beside };
}

function passFold(placed: PlacedTransform, fieldOf: (slot: Slot) => Field | null, { target }: FitPasses): PassFold {
  const inputs = placed.inputs.flatMap((slot) => {
    const field = fieldOf(slot);
    return field === null ? [] : [{ slot, field }];
  });
  const learnsTarget = placed.transform.learnsFrom === "target" || placed.transform.learnsFrom === "selection";
  return {
    fold: placed.transform.fit(inputs.map(({ field }) => field), learnsTarget ? target : null),
    cross: placed.transform.learnsFrom === "target",
    view(frame) {
      const roles = frame.fields.filter(({ name }) => name === "$weight" || (learnsTarget && name === "$target"));
      const columns = [...inputs.map(({ slot }) => frame.column(slot.id)), ...roles.map(({ name }) => frame.column(name))];
      return createFrame([...inputs.map(({ field }) => field), ...roles], columns, frame.length);
    },
  };
}

/** The transform with its inputs' fields as they were learnt. */
function learnt(placed: PlacedTransform, fieldOf: (slot: Slot) => Field | null): PlacedTransform {
  const inputs = placed.inputs.flatMap((slot) => {
    const field = fieldOf(slot);
    return field === null ? [] : [{ ...slot, field }];
  });
  return { ...placed, inputs };
}

interface LevelView extends AsyncDisposable {
  /** A slot's field as learnt; null where a selection dropped it. */
  readonly fieldOf: (slot: Slot) => Field | null;
  /** The batch's frame with the columns of earlier levels, each under its slot's id. */
  extend(batch: SideBatch): Promise<Frame>;
}

/** Runs what is fitted so far, so that a level learns from what the graph itself gives. */
async function levelView(passes: FitPasses, fitted: readonly FittedTransform[], here: readonly PlacedTransform[]): Promise<LevelView> {
  const slots = [...new Map(here.flatMap(({ inputs }) => inputs).filter(({ level }) => level > 0).map((slot) => [slot.id, slot])).values()];
  if (slots.length === 0) return { fieldOf: ({ field }) => field, extend: async ({ frame }) => frame, [Symbol.asyncDispose]: async () => {} };
  const crosses = passes.crossFit && fitted.some(({ crossStates }) => crossStates !== null) ? Array.from({ length: CROSS_PARTS }, (_, cross) => cross) : [null];
  const graphs = crosses.map((cross) => featureGraph(passes.name, passes.raw, fitted, slots, cross, ({ id }) => id));
  const predictors = await Promise.all(graphs.map(({ onnx, signature }) => load(passes.runtime, onnx, signature)));
  return {
    fieldOf: (slot) => (slot.level === 0 ? slot.field : (graphs[0]!.fields.get(slot.id) ?? null)),
    async extend({ frame, cross }) {
      const computed = await predictors[crosses.length === 1 ? 0 : cross!]!.predict(frame);
      return withColumns(frame, computed.fields, computed.fields.map(({ name }) => computed.column(name)));
    },
    async [Symbol.asyncDispose]() {
      for (const predictor of predictors) await predictor[Symbol.asyncDispose]();
    },
  };
}

function load(runtime: Runtime, onnx: Uint8Array, signature: Signature): Promise<Predictor> {
  return runtime.load({ onnx, signature });
}
