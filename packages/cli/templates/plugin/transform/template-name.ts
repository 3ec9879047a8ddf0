import { arithmetic, field, fuse, MillraceError, moments, type Moments, type Out, type Transform } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** Numbers held within so many standard deviations of their mean over the training rows; missing ones stay missing. */
export function createTemplateName({ deviations }: Out<typeof templateNameOptions>): Transform<Readonly<Record<string, Moments>>> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      for (const { name, dtype } of input)
        if (dtype === "string" || dtype === "bytes") throw new MillraceError({ code: "TRANSFORM_INPUT", message: `"template-name" takes numbers, and column "${name}" is ${dtype}.`, mend: "Name columns of numbers under `from`.", facts: { column: name } });
      return input.map(({ name }) => field(name, "float32"));
    },
    fit: (input) => fuse(Object.fromEntries(input.map(({ name }) => [name, moments(name)]))),
    lower(state, input, graph) {
      const { where, less, greater } = arithmetic(graph);
      const held = [...input].map(([name, value]) => {
        const { mean, variance } = state[name]!;
        const spread = deviations * Math.sqrt(variance);
        // A comparison with NaN is false: what is missing falls through both.
        const above = where(less(value, mean - spread), mean - spread, value);
        return [name, where(greater(above, mean + spread), mean + spread, above)] as const;
      });
      return new Map(held);
    },
  };
}
