import { MillraceError } from "@millrace/core";
import { sourceOf } from "../file-formats.js";
import type { ColumnFacts } from "./column-facts.js";
import { quoted } from "./column-role.js";

/** What a name says of the line it is in: `certain` and `likely` that the line holds values, `names` that it holds names. */
type Evidence = "certain" | "likely" | "nothing" | "names";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const WHOLE = /^[+-]?\d+$/;
const DATE = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]|$)/;
const NOTHING = /^(?:column\d+|na|n\/a|nan|null|none|-)$/i;
/** A text column with at least so many rows a value has a value that is its name among them, if its name is a value. */
const ROWS_A_VALUE = 10;

/** Throws INIT_NO_HEADER where the first line of a CSV file holds values: it was read as names, and one row is lost. */
export function refuseMissingHeader(file: string, facts: readonly ColumnFacts[]): void {
  if (sourceOf(file, {}).name !== "csv") return;
  const counted = areCounted(facts.map(({ name }) => name));
  const evidence = facts.map((one) => evidenceOf(one, counted));
  const isHeaderless = evidence.includes("certain") || (evidence.includes("likely") && !evidence.includes("names"));
  if (!isHeaderless) return;
  const told = facts.filter((_, index) => evidence[index] === "certain" || evidence[index] === "likely").map(({ name }) => name);
  throw new MillraceError({
    code: "INIT_NO_HEADER",
    message: `The first line of ${file} seems to hold values, not the names of the columns: ${told.slice(0, 5).map(quoted).join(", ")} ${told.length === 1 ? "looks like a value" : "look like values"} of the lines below.`,
    mend: 'Add a first line with a name for each column. A config that you write by hand can read the file as it is, with source: { use: "csv", with: { files: "...", header: false } }: the columns are then named column0, column1, ...',
    facts: { file, value: told },
  });
}

function evidenceOf({ name, dtype, rows, distinct, numbers, texts }: ColumnFacts, counted: boolean): Evidence {
  if (distinct === 0 || NOTHING.test(name)) return "nothing";
  if (texts !== null) return texts.distinctTexts.includes(name) ? "likely" : distinct * ROWS_A_VALUE <= rows ? "names" : "nothing";
  if (dtype === "timestamp") return DATE.test(name) ? "certain" : "names";
  if (dtype === "bool") return /^(?:true|false)$/i.test(name) ? "certain" : "names";
  if (numbers === null || !NUMBER.test(name)) return "names";
  if (!WHOLE.test(name)) return "certain";
  const isWithin = Number(name) >= numbers.sorted[0]! && Number(name) <= numbers.sorted.at(-1)!;
  return counted || !isWithin ? "nothing" : "likely";
}

/** Whole numbers at equal steps are names of years or places: 1990, 1991, ... */
function areCounted(names: readonly string[]): boolean {
  const all = names.filter((name) => WHOLE.test(name)).map(Number);
  const steps = all.slice(1).map((value, index) => value - all[index]!);
  return steps.length > 0 && steps.every((step) => step !== 0 && step === steps[0]);
}
