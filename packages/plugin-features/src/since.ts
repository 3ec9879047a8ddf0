import { arithmetic, MillraceError, type Field, type Transform } from "@millrace/core";
import type { z } from "zod";
import { numberField, overColumns } from "./columns.js";
import { requireInputs, type Takes } from "./input.js";
import { nothing } from "./nothing.js";
import type { sinceOptions } from "./since.options.js";

const TAKES: Takes = {
  transform: "since",
  allowed: ["timestamp"],
  mend: "Give it timestamp columns: cast in the source's SQL (`CAST(x AS TIMESTAMP)`), or declare the type under `columns.types`.",
};

const UNITS = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/**
 * Time that went by: from a fixed date (`<column>_since`), or between two columns (`<first>_since_<second>`, below 0 where the first is earlier).
 * Milliseconds are subtracted exactly, then divided and rounded to float32 once. Missing where a time is.
 */
export function since({ date, unit }: z.infer<typeof sinceOptions>): Transform<null> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return outputs(input.map(({ name }) => name), date);
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return nothing;
    },
    lower(_state, input, graph) {
      const names = [...input.keys()];
      const promised = outputs(names, date).map(({ name }) => name);
      if (date !== null) {
        const passed = overColumns(input, graph, (time, { sub, div }) => div(sub(time, Date.parse(date)), UNITS[unit]));
        return new Map(names.map((name, index) => [promised[index]!, passed.get(name)!]));
      }
      const { sub, div } = arithmetic(graph);
      const [end, start] = [...input.values()];
      return new Map([[promised[0]!, div(sub(end!, start!), UNITS[unit])]]);
    },
  };
}

function outputs(names: readonly string[], date: string | null): readonly Field[] {
  if (date !== null) return names.map((name) => numberField(`${name}_since`));
  if (names.length !== 2)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: `\`since\` takes two columns, or a fixed \`date\`; it was given ${names.length} and no date.`, mend: "Name the later and then the earlier column in `from`, or set `date`." });
  return [numberField(`${names[0]}_since_${names[1]}`)];
}
