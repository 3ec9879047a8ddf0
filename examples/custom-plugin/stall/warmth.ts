import { arithmetic, field, fuse, MillraceError, moments, type Moments, type Transform } from "@millrace/core";

/** Degrees above the mean of the training days, 0 below: nobody buys less ice cream for a colder winter's day. A missing one counts as 0. */
export const warmth: Transform<Readonly<Record<string, Moments>>> = {
  learnsFrom: "inputs",
  fields(input) {
    for (const { name, dtype } of input)
      if (dtype === "string") throw new MillraceError({ code: "TRANSFORM_INPUT", message: `"warmth" takes degrees, and column "${name}" is text.`, mend: "Name columns of numbers under `from`.", facts: { column: name } });
    return input.map(({ name }) => field(name, "float32"));
  },
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
