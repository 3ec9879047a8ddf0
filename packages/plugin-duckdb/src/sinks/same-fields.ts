import { type Field, MillraceError } from "@millrace/core";

/** Throws SINK_FIELDS where a batch has other columns than the first. */
export function checkSameFields(first: readonly Field[], found: readonly Field[]): void {
  const [expected, given] = [first, found].map((fields) => fields.map(({ name, dtype, shape }) => `${name} ${dtype}${shape?.length ? `[${shape.join()}]` : ""}`).join(", "));
  if (expected === given) return;
  throw new MillraceError({
    code: "SINK_FIELDS",
    message: `A batch has the columns ${given}; the first one has ${expected}.`,
    mend: "Give all batches of a part the same columns.",
  });
}
