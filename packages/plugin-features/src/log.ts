import { type Transform } from "@millrace/core";
import type { z } from "zod";
import { numberField, overColumns } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { log1p } from "./log1p.js";
import type { logOptions } from "./log.options.js";
import { nothing } from "./nothing.js";

const TAKES: Takes = { transform: "log", allowed: NUMBERS, mend: "Give it columns of numbers." };

/** Natural logarithm. Learns nothing; missing stays missing. */
export function log({ offset }: z.infer<typeof logOptions>): Transform<null> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return nothing;
    },
    lower: (_state, input, graph) => overColumns(input, graph, (x, math) => (offset === 1 ? log1p(x, math) : math.log(offset === 0 ? x : math.add(x, offset)))),
  };
}
