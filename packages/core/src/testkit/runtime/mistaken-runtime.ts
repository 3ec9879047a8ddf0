import type { Column, Frame } from "../../contracts/frame.js";
import type { Runtime } from "../../contracts/runtime.js";
import { field } from "../../frame/frame.js";
import { withColumn } from "../../frame/take.js";
import { referenceRuntime } from "../../graph/reference/runtime.js";

/** What a mistake may depend on. */
export interface Place {
  readonly rows: number;
  readonly how: "auto" | "whole" | "split";
  /** The names of the model's inputs. */
  readonly inputs: readonly string[];
  /** The batch's values of a column: numbers, or texts. */
  valuesOf(name: string): ArrayLike<number | string>;
}

/** The reference runtime, wrong in those rows of `output`, a float32 column, for which `isWrong` holds. */
export function mistakenRuntime(output: string, isWrong: (place: Place, row: number) => boolean): Runtime {
  return {
    ...referenceRuntime,
    async load(model, how = "auto") {
      const predictor = await referenceRuntime.load(model, how);
      const inputs = model.signature.inputs.map(({ name }) => name);
      return {
        ...predictor,
        async predict(batch) {
          const result = await predictor.predict(batch);
          const known: Record<string, ArrayLike<number | string>> = {};
          const place: Place = { rows: batch.length, how, inputs, valuesOf: (name) => (known[name] ??= plain(batch, name)) };
          const { values } = result.column(output) as Extract<Column, { dtype: "float32" }>;
          return withColumn(result, field(output, "float32"), { dtype: "float32", values: values.map((value, row) => (isWrong(place, row) ? (Number.isFinite(value) ? 0.5 * value + 3 : 0) : value)) });
        },
      };
    },
  };
}

/** The reference runtime, which fails on a batch without rows. */
export const startledRuntime: Runtime = {
  ...referenceRuntime,
  async load(model, how) {
    const predictor = await referenceRuntime.load(model, how);
    return {
      ...predictor,
      async predict(batch) {
        if (batch.length === 0) throw new Error("Tried to allocate nothing");
        return predictor.predict(batch);
      },
    };
  },
};

function plain(batch: Frame, name: string): ArrayLike<number | string> {
  const column = batch.column(name);
  if (column.dtype === "string") return Array.from(column.codes, (code) => column.dictionary[code]!);
  return (column as Extract<Column, { dtype: "float32" }>).values;
}
