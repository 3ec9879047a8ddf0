import type { ModelBundle, Runtime } from "@millrace/core";
import { createPredictor, type Engine } from "./predictor.js";
import { openRows } from "./row-engine.js";
import { openSession, type Library } from "./session.js";
import { openSplit } from "./split-engine.js";
import { wholeEngine } from "./whole-engine.js";

/** `auto` runs up to this many rows row by row: what a session takes to begin each node is then more than all rows take. */
const FEW_ROWS = 24;
/** `auto` runs up to this many rows whole: below it the split's tables and second run cost more than the texts of the batch. */
const WHOLE_ROWS = 64;

/** A runtime over one of the two packages of onnxruntime. */
export function createRuntime(library: Library, facts: Runtime["facts"]): Runtime {
  return {
    facts,
    async load(model, how = "auto") {
      const { open, release } = lazyEngines(library, model);
      await open(how === "split" ? "split" : "whole");
      return createPredictor(model.signature, (rows) => open(how === "auto" ? (rows <= FEW_ROWS ? "rows" : rows <= WHOLE_ROWS ? "whole" : "split") : how), release);
    },
  };
}

/** Engines are opened when they are first needed: many a predictor sees lone rows only, or batches only. */
function lazyEngines(library: Library, { onnx, signature }: ModelBundle) {
  const openers = {
    rows: () => openRows(library, onnx, signature, () => open("whole")),
    whole: async () => wholeEngine(await openSession(library, onnx), signature),
    split: () => openSplit(library, onnx, signature),
  };
  const opened = new Map<keyof typeof openers, Promise<Engine>>();
  function open(how: keyof typeof openers): Promise<Engine> {
    const engine = opened.get(how) ?? openers[how]();
    opened.set(how, engine);
    return engine;
  }
  return {
    open,
    async release(): Promise<void> {
      for (const engine of opened.values()) await (await engine).release();
    },
  };
}
