import { concat, type Frame, type Json, type Row } from "@millrace/core";
import { createExtension, type Engine } from "@millrace/core/engine";
import { loadModel, type LoadedModel } from "@millrace/core/model";
import { frameQueries } from "./query-frames.js";
import { framesOf, runFrames } from "./run-frames.js";

type Given = Row | readonly Row[];

/** What stands in the console by name. */
export interface ConsoleValues {
  /** The resolved config. */
  readonly config: Engine["config"];
  readonly store: Engine["store"];
  readonly artifacts: Engine["artifacts"];
  /** Tables for `sql`, with their rows. */
  readonly frames: readonly { readonly table: string; readonly rows: number; readonly run: string }[];
  /** A model's rows as a frame, as the latest run read them; of the only model where none is named. */
  frame(model?: string): Promise<Frame>;
  /** Rows that a SELECT over the frames gives. */
  sql(query: string): Promise<readonly Readonly<Record<string, Json>>[]>;
  /** A registered model: `delays@champion`. */
  model(ref: string): Promise<LoadedModel>;
  /** What a model answers to a row, or to rows; they may still be on their way from `sql`. */
  predict(ref: string, rows: Given | Promise<Given>): Promise<Readonly<Record<string, Json>>[]>;
}

/** Opens what the console works on; its models and tables are closed with it. */
export async function consoleValues(engine: Engine): Promise<ConsoleValues & AsyncDisposable> {
  const frames = await runFrames(engine);
  const queries = await frameQueries(engine, frames);
  const loaded = new Map<string, Promise<LoadedModel>>();
  const load = async (ref: string): Promise<LoadedModel> => loadModel(ref, { store: engine.store, artifacts: engine.artifacts, runtime: await createExtension(engine.registry, engine.config.runtime, engine.context) });
  const model = (ref: string): Promise<LoadedModel> => {
    // What an alias points to may change while the console is open.
    const promise = /@\d+$/.test(ref) ? (loaded.get(ref) ?? load(ref)) : load(ref);
    loaded.set(ref, promise);
    return promise;
  };
  return {
    config: engine.config,
    store: engine.store,
    artifacts: engine.artifacts,
    frames: frames.map(({ rows, run }, index) => ({ table: queries.tables[index]!, rows, run })),
    async frame(name) {
      const parts: Frame[] = [];
      for await (const batch of framesOf(frames, name ?? engine.config.models[0]?.name ?? "").batches()) parts.push(batch);
      return concat(parts as [Frame, ...Frame[]]);
    },
    sql: queries.query,
    model,
    async predict(ref, rows) {
      const given = await rows;
      return (await model(ref)).predict(Array.isArray(given) ? (given as readonly Row[]) : [given as Row]);
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...loaded.values()].map(async (one) => (await one)[Symbol.asyncDispose]()));
      await queries[Symbol.asyncDispose]();
    },
  };
}
