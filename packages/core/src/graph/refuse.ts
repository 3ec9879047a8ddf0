import { MillraceError } from "../errors/millrace-error.js";

/** The error of a node that the closed list of operators does not allow. */
export function refused(op: string, what: string, mend: string): MillraceError {
  return new MillraceError({ code: "GRAPH_OP_REFUSED", message: `${op}: ${what}`, mend, facts: { op } });
}
