import { borderTensor, outputColumn, type Signature } from "@millrace/core";
import type { Engine } from "./predictor.js";
import type { Session } from "./session.js";

/** The file as it is, a batch in one run. Outputs are told by their order: a tensor may not have the name of an input. */
export function wholeEngine(session: Session, { inputs, outputs }: Signature): Engine {
  const asked = new Set(session.inputs);
  const read = inputs.filter(({ name }) => asked.has(name));
  return {
    async run(columns, rows) {
      const feeds = new Map(read.map((field) => [field.name, borderTensor(columns.get(field.name)!, field, rows)]));
      const results = await session.run(feeds);
      return outputs.map((field, index) => outputColumn(results.get(session.outputs[index]!)!, field));
    },
    release: session.release,
  };
}
