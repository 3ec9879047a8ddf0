import type { Check } from "@millrace/core";
import type { PatternOptions } from "./pattern.options.js";
import { rowCheck } from "./row-check.js";

/** Expects texts that match a regular expression, tried once per distinct text. Missing values pass. */
export function pattern(options: PatternOptions): Check {
  const expression = new RegExp(options.pattern, "u");
  return rowCheck({
    name: "pattern",
    options,
    accepts: ({ dtype }) => dtype === "string",
    accepted: "text",
    broken(column) {
      if (column.dtype !== "string") return null;
      const isOther = column.dictionary.map((text, code) => code !== 0 && !expression.test(text));
      return isOther.includes(true) ? (row) => isOther[column.codes[row]!]! : null;
    },
    fault: `do not match ${options.pattern}`,
  });
}
