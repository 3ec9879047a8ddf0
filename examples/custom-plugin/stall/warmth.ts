import { arithmetic, field, fuse, moments, type Moments, type Transform } from "@millrace/core";

/** Degrees above the mean of the training days, 0 below: nobody buys less ice cream for a colder winter's day. A missing one counts as 0. */
export const warmth: Transform<Readonly<Record<string, Moments>>> = {
  learnsFrom: "inputs",
  fields: (input) => input.map(({ name }) => field(name, "float32")),
  fit: (input) => fuse(Object.fromEntries(input.map(({ name }) => [name, moments(name)]))),
  lower(state, input, graph) {
    const { sub, greater, where } = arithmetic(graph);
    const above = [...input].map(([name, value]) => {
      const { count, mean } = state[name]!;
      const degrees = sub(value, count === 0 ? 0 : mean);
      // A comparison with NaN is false.
      return [name, where(greater(degrees, 0), degrees, 0)] as const;
    });
    return new Map(above);
  },
};
