import type { Finding } from "../../contracts/check.js";
import { MillraceError } from "../../errors/millrace-error.js";
import type { RowPlace } from "./row-place.js";

/** Rows that break an expectation: by their numbers in read order, or where they stand in the source, where that is known. */
export function checkFailed(errors: readonly Finding[], places: ReadonlyMap<number, RowPlace> = new Map()): MillraceError {
  const lines = errors.map((finding) => (finding.examples.length === 0 ? finding.message : `${finding.message} Rows: ${rowsText(finding.examples, places)}.`));
  const findings = errors.map((finding) => ({ ...finding, examples: finding.examples.map((example) => ({ ...example, ...factsOf(places.get(example.row)) })) }));
  return new MillraceError({
    code: "CHECK_FAILED",
    message: `The data breaks ${errors.length === 1 ? "an expectation" : `${errors.length} expectations`}:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    mend: "Mend the rows in the source, or change the expectation under `check`.",
    facts: { findings },
  });
}

/** `a.csv line 12 ("x"), 14 ("y"); b.csv line 3 ("z")`. */
function rowsText(examples: Finding["examples"], places: ReadonlyMap<number, RowPlace>): string {
  let before: string | null = null;
  return examples
    .map(({ row, value }, index) => {
      const place = places.get(row);
      const within = place === undefined ? "" : `${place.partition} ${place.line === null ? "row" : "line"} `;
      const head = within === before ? "" : within;
      const separator = index === 0 ? "" : head === "" || before === null ? ", " : "; ";
      before = within;
      return `${separator}${head}${place === undefined ? row : (place.line ?? place.row)} (${JSON.stringify(value)})`;
    })
    .join("");
}

function factsOf(place: RowPlace | undefined): object {
  return place === undefined ? {} : { partition: place.partition, line: place.line };
}
