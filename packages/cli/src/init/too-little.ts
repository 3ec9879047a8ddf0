import { MillraceError } from "@millrace/core";
import { count } from "../print/number.js";
import type { ColumnFacts } from "./column-facts.js";
import { quoted } from "./column-role.js";
import type { Proposal } from "./proposal.js";

/** Rows with a target: with fewer, the quarter that judges is one row or two. */
const FEWEST_ROWS = 10;
/** Rows of each of two classes: of four, one judges and the others teach. */
const FEWEST_OF_CLASS = 4;

/** Refuses what a run would refuse at once. `rows`: of the file, of which the facts are a sample where it is long. Throws INIT_NO_FEATURE, INIT_FEW_ROWS. */
export function refuseTooLittle(proposal: Proposal, facts: readonly ColumnFacts[], rows: number): void {
  const target = facts.find(({ name }) => name === proposal.target.value)!;
  if (rows === target.rows) refuseFewRows(proposal, target);
  if (proposal.features.length > 0) return;
  const others = proposal.ignore.map(({ value, why }) => `${quoted(value)}: ${why}`);
  const used = [proposal.key, proposal.time, proposal.group].flatMap((one) => (one === null ? [] : [`${quoted(one.value)}: ${one.why}`]));
  const found = [...used, ...others].slice(0, 10);
  throw new MillraceError({
    code: "INIT_NO_FEATURE",
    message: `There is nothing to predict ${quoted(target.name)} from: ${found.length === 0 ? "the file has no other column" : `no other column tells rows apart (${found.join("; ")})`}.`,
    mend: `Give a file with columns that say something of ${quoted(target.name)}, or predict another column with --target.`,
    facts: { column: target.name },
  });
}

function refuseFewRows({ problem }: Proposal, { name, rows, missing, values }: ColumnFacts): void {
  const labelled = rows - missing;
  const [rarest, rarestRows] = values.at(-1)!;
  const isFew = labelled < FEWEST_ROWS;
  if (!isFew && !(problem.kind === "binary" && rarestRows < FEWEST_OF_CLASS)) return;
  const found = isFew ? `${count(labelled)} ${labelled === 1 ? "row" : "rows"} with a value of ${quoted(name)}` : `${count(rarestRows)} ${rarestRows === 1 ? "row" : "rows"} in which ${quoted(name)} is ${quoted(rarest)}`;
  throw new MillraceError({
    code: "INIT_FEW_ROWS",
    message: `The file has ${found}: too few to learn from some and judge by others.`,
    mend: isFew ? `Give a file with at least ${FEWEST_ROWS} such rows.` : `Give a file with at least ${FEWEST_OF_CLASS} such rows, or predict another column with --target.`,
    facts: { column: name, rows: isFew ? labelled : rarestRows },
  });
}
