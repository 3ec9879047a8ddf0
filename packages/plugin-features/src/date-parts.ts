import { arithmetic, type Field, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { civilTime, RANGES, type DatePart } from "./civil-time.js";
import { codeField, codeOf } from "./codes.js";
import { numberField, unstackColumns } from "./columns.js";
import type { datePartsOptions } from "./date-parts.options.js";
import { requireInputs, type Takes } from "./input.js";
import { nothing } from "./nothing.js";
import { atOffset } from "./utc-offset.js";

const TAKES: Takes = {
  transform: "date-parts",
  allowed: ["timestamp"],
  mend: "Give it timestamp columns: cast in the source's SQL (`CAST(x AS TIMESTAMP)`), or declare the type under `columns.types`.",
};

/** Parts of times, at a fixed offset to UTC. Learns nothing. Missing times give missing parts (the missing code, or NaN). */
export function dateParts({ parts, as, utcOffset }: z.infer<typeof datePartsOptions>): Transform<null> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.flatMap(({ name }) => parts.map((part) => partField(name, part, as)));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return nothing;
    },
    lower(_state, input, graph) {
      const names = [...input.keys()];
      const math = arithmetic(graph);
      const time = civilTime(atOffset(graph.stack([...input.values()]), utcOffset, math), math, parts);
      const columns = parts.map((part) => unstackColumns(time.get(part)!, names, graph));
      return new Map(
        names.flatMap((name, index) =>
          parts.map((part, position) => {
            const field = partField(name, part, as);
            const value = columns[position]![index]!;
            return [field.name, field.categories === null ? value : partCode(value, part, field, graph)] as const;
          }),
        ),
      );
    },
  };
}

function partField(column: string, part: DatePart, as: "category" | "number"): Field {
  const name = `${column}_${part.replaceAll("-", "_")}`;
  const range = RANGES[part];
  if (as === "number" || range === null) return numberField(name);
  return codeField(name, Array.from({ length: range[1] - range[0] + 1 }, (_, index) => String(range[0] + index)));
}

/** Codes start at 0. */
function partCode(value: Value, part: DatePart, field: Field, graph: Graph): Value {
  const least = RANGES[part]![0];
  return codeOf(least === 0 ? value : arithmetic(graph).sub(value, least), field.categories!.length, field, graph);
}
