import { MillraceError } from "@millrace/core";
import { wrong, type Finding } from "./finding.js";

/** What an error says, as a finding. */
export function failed(error: unknown): Finding {
  if (MillraceError.is(error)) return wrong(`${error.code}: ${error.message}`, error.mend);
  return wrong(error instanceof Error ? error.message : String(error), "Run again with --debug, and report the stack trace.");
}
