import { referenceRuntime, select, take, toRows, type Frame, type Out, type Predictor, type Runtime } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** Answers equal rows of a batch once: for inputs with few distinct values, in any program that has no native code. */
export function createTemplateName({ leastRows }: Out<typeof templateNameOptions>): Runtime {
  return {
    facts: { ...referenceRuntime.facts, name: "template-name" },
    async load(model, how): Promise<Predictor> {
      const predictor = await referenceRuntime.load(model, how);
      return {
        input: predictor.input,
        output: predictor.output,
        async predict(batch) {
          if (batch.length < leastRows || hasStrangers(batch, predictor)) return predictor.predict(batch);
          const { firsts, places } = distinctRows(select(batch, predictor.input.map(({ name }) => name)));
          return take(await predictor.predict(take(batch, firsts)), places);
        },
        [Symbol.asyncDispose]: () => predictor[Symbol.asyncDispose](),
      };
    },
  };
}

/** Whether a column that the model reads is missing: the interpreter says so best. */
function hasStrangers(batch: Frame, { input }: Predictor): boolean {
  return input.some(({ name }) => batch.fields.every((field) => field.name !== name));
}

/** The first row of each kind, and for every row the index of its kind. */
function distinctRows(batch: Frame): { readonly firsts: Int32Array; readonly places: Int32Array } {
  const known = new Map<string, number>();
  const firsts: number[] = [];
  const places = toRows(batch).map((row, index) => {
    const key = JSON.stringify(row, (_, value: unknown) => (typeof value === "number" ? numberText(value) : value));
    const place = known.get(key) ?? firsts.push(index) - 1;
    known.set(key, place);
    return place;
  });
  return { firsts: Int32Array.from(firsts), places: Int32Array.from(places) };
}

/** As JSON has it, but for infinities and -0. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
