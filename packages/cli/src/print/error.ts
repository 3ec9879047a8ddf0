import { hideSecrets, MillraceError } from "@millrace/core/plugin";
import { jsonLine } from "./json.js";
import { printable, styled } from "./style.js";

const UNEXPECTED = "Run again with --debug, and report the stack trace.";

/** What happened and what to do; with `debug` the stacks of it and its causes. */
export function errorText(error: unknown, debug: boolean): string {
  const known = MillraceError.is(error) ? error : null;
  const message = printable(error instanceof Error ? error.message : String(error));
  const head = `${styled("red", known === null ? "error" : `error ${known.code}`)}: ${message}`;
  // A mend that every line of a list has given already is not said twice.
  const mend = printable(known?.mend ?? UNEXPECTED);
  const tail = message.includes(mend) ? "" : `\n${styled("cyan", "mend")}: ${mend}`;
  return hideSecrets(`${head}${tail}${debug ? `\n${printable(stacks(error))}` : ""}\n`);
}

function stacks(error: unknown): string {
  const all: string[] = [];
  for (let one: unknown = error; one instanceof Error; one = one.cause) all.push(`${all.length === 0 ? "" : "caused by: "}${one.stack ?? one.message}`);
  return all.join("\n");
}

/** The same for machines. */
export function errorJson(error: unknown): string {
  if (MillraceError.is(error)) return hideSecrets(jsonLine({ error: { code: error.code, message: error.message, mend: error.mend, facts: error.facts } }));
  return hideSecrets(jsonLine({ error: { code: "UNEXPECTED", message: error instanceof Error ? error.message : String(error), mend: UNEXPECTED, facts: {} } }));
}
