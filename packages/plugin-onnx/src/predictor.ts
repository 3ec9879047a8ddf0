import { bytesColumn, createFrame, inputColumns, MillraceError, numberColumn, sparseColumn, textColumn, type Allocate, type Column, type Field, type Predictor, type Signature } from "@millrace/core";

export type Columns = ReadonlyMap<string, Column>;

/** Computes the outputs of a model, in the order of the signature, from the columns of its inputs; of one row at least. */
export interface Engine {
  run(columns: Columns, rows: number, allocate?: Allocate): Promise<readonly Column[]>;
  release(): Promise<void>;
}

/** A predictor that checks its batches itself: the library lets extra inputs pass and broadcasts a lone row in silence. */
export function createPredictor({ name, inputs, outputs }: Signature, engineFor: (rows: number) => Promise<Engine>, release: () => Promise<void>): Predictor {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;
  const predict: Predictor["predict"] = async (batch, allocate) => {
    const columns = inputColumns(batch, inputs);
    if (batch.length === 0) return createFrame(outputs, outputs.map(emptyColumn), 0);
    const engine = await engineFor(batch.length);
    return createFrame(outputs, await engine.run(columns, batch.length, allocate), batch.length);
  };
  return {
    input: inputs,
    output: outputs,
    async predict(batch, allocate) {
      if (closed !== null) throw new MillraceError({ code: "RUNTIME_CLOSED", message: `The predictor of "${name}" was disposed.`, mend: "Load the model again." });
      const result = predict(batch, allocate);
      const settled = result.then(() => {}, () => {}).finally(() => running.delete(settled));
      running.add(settled);
      return result;
    },
    /** Waits for what is running. */
    [Symbol.asyncDispose]: () => (closed ??= Promise.all(running).then(release)),
  };
}

function emptyColumn(field: Field): Column {
  if (field.dtype === "string") return textColumn([]);
  if (field.dtype === "sparse") return sparseColumn([]);
  return field.dtype === "bytes" ? bytesColumn([]) : numberColumn(field.dtype, []);
}
