import type { Column, Frame } from "../../contracts/frame.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import { numberColumn } from "../../frame/columns.js";
import { field } from "../../frame/frame.js";
import { select, take, withColumn } from "../../frame/take.js";

/** An honest runtime gone wrong in one way. */
export type RuntimeMutant = (honest: Runtime) => Runtime;

/** For each law of runtimes a mutant that it alone catches. */
export const runtimeMutants: Readonly<Record<string, RuntimeMutant>> = {
  "numbers are those of the graph": predicting((predict) => async (batch) => scaled(await predict(batch), "score", 1.5)),
  "outputs are what the signature says": wrapping((predictor) => {
    const output = predictor.output.toReversed();
    return { ...predictor, output, predict: async (batch) => select(await predictor.predict(batch), output.map(({ name }) => name)) };
  }),
  "whole and split give equal bits": wrapping((predictor, how) => (how === "split" ? { ...predictor, predict: async (batch) => nudged(await predictor.predict(batch)) } : predictor)),
  "a row alone has the bits that it has among others": predicting((predict) => async (batch) => (batch.length === 1 ? nudged(await predict(batch)) : predict(batch))),
  "batches of 7, 32, 2,000 and 10,001 rows give equal bits": predicting((predict) => async (batch) => (batch.length > 10_000 ? nudged(await predict(batch)) : predict(batch))),
  "rows come out in the order in which they went in": predicting((predict) => async (batch) => {
    const result = await predict(batch);
    return batch.length === 500 ? take(result, Int32Array.from({ length: 500 }, (_, row) => (row + 1) % 500)) : result;
  }),
  "columns count by name: order is free, and others are ignored": wrapping((predictor) => ({
    ...predictor,
    predict: async (batch) => (batch.fields[0]!.name === predictor.input[0]!.name ? predictor.predict(batch) : nudged(await predictor.predict(batch))),
  })),
  "a batch without rows gives a frame without rows": predicting((predict) => async (batch) => {
    if (batch.length === 0) throw new Error("Tried to allocate nothing");
    return predict(batch);
  }),
  "a column that is missing or of another dtype is refused by name": predicting((predict) => async (batch) => {
    const isRight = batch.fields.some(({ name, dtype, shape }) => name === "seats" && dtype === "int32" && shape?.length === 0);
    return predict(isRight ? batch : withColumn(batch, field("seats", "int32"), numberColumn("int32", new Int32Array(batch.length))));
  }),
  "predictions at the same time do not mix": wrapping((predictor) => {
    let latest: Frame;
    return {
      ...predictor,
      async predict(batch) {
        latest = batch;
        await new Promise<void>((resolve) => setImmediate(resolve));
        return predictor.predict(latest);
      },
    };
  }),
  "a batch is left as it was": predicting((predict) => async (batch) => {
    const result = await predict(batch);
    const { values } = batch.column("distance") as Extract<Column, { dtype: "float32" }>;
    for (let row = 0; row < values.length; row++) if (values[row] === 0) values[row] = 0;
    return result;
  }),
  "a result stays as it was": wrapping((predictor) => {
    const room = new Float32Array(200);
    return {
      ...predictor,
      async predict(batch) {
        const result = await predictor.predict(batch);
        if (batch.length !== 200) return result;
        room.set((result.column("hour") as Extract<Column, { dtype: "float32" }>).values);
        return withColumn(result, result.fields.find(({ name }) => name === "hour")!, { dtype: "float32", values: room });
      },
    };
  }),
  "memory that is given changes no bit": wrapping((predictor) => ({
    ...predictor,
    async predict(batch, allocate) {
      const result = await predictor.predict(batch);
      if (allocate === undefined) return result;
      const { values } = result.column("hour") as Extract<Column, { dtype: "float32" }>;
      const { buffer, byteOffset } = allocate(values.byteLength);
      const laid = new Float32Array(buffer, byteOffset, values.length);
      // As if it were full of zeros.
      values.forEach((value, row) => value !== 0 && (laid[row] = value));
      return withColumn(result, result.fields.find(({ name }) => name === "hour")!, { dtype: "float32", values: laid });
    },
  })),
  "a dispose waits for what runs, and the second does nothing": wrapping((predictor) => {
    let disposals = 0;
    return {
      ...predictor,
      async [Symbol.asyncDispose]() {
        if (disposals++ > 0) throw new Error("The session was released already");
        await predictor[Symbol.asyncDispose]();
      },
    };
  }),
  "its facts name the library, its version, the provider and the threads": (honest) => ({ ...honest, facts: { ...honest.facts, version: "" } }),
};

function wrapping(change: (predictor: Predictor, how: "auto" | "whole" | "split") => Predictor): RuntimeMutant {
  return (honest) => ({ ...honest, load: async (model, how = "auto") => change(await honest.load(model, how), how) });
}

function predicting(change: (predict: Predictor["predict"]) => Predictor["predict"]): RuntimeMutant {
  return wrapping((predictor) => ({ ...predictor, predict: change((batch) => predictor.predict(batch)) }));
}

/** The hours, wrong in their last bits. */
function nudged(frame: Frame): Frame {
  return scaled(frame, "hour", 1 + 2e-7);
}

function scaled(frame: Frame, name: string, factor: number): Frame {
  const { values } = frame.column(name) as Extract<Column, { dtype: "float32" }>;
  return withColumn(frame, frame.fields.find((each) => each.name === name)!, { dtype: "float32", values: values.map((value) => value * factor) });
}
