import { MillraceError, type Field, type Transform } from "@millrace/core";
import type { z } from "zod";
import { asItIs, PASSING } from "./as-it-is.js";
import { requireInputs, type Takes } from "./input.js";
import { nothing } from "./nothing.js";
import type { renameOptions } from "./rename.options.js";

const TAKES: Takes = { transform: "rename", allowed: PASSING, mend: "Rename numbers, booleans, text and categories; other columns in the source's SQL." };

/** Columns under other names; what is behind does not find the old ones. */
export function rename({ to }: z.infer<typeof renameOptions>): Transform<null> {
  return {
    learnsFrom: "inputs",
    replaces: true,
    fields(input) {
      requireNames(input, to);
      requireInputs(TAKES, input, "promised");
      return input.map((field, index) => asItIs(field, to[index]!));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return nothing;
    },
    lower: (_state, input) => new Map([...input.values()].map((value, index) => [to[index]!, value])),
  };
}

function requireNames(input: readonly Field[], to: readonly string[]): void {
  if (input.length !== to.length)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: `\`rename\` was given ${input.length} columns and ${to.length} names.`, mend: "Give `to` one name per column of `from`." });
}
