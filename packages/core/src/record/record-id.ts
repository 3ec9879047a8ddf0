import type { Entity } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";

/** Refuses ids that some database would cut or mix up: empty ones, and those with control characters (PostgreSQL refuses NUL, SQLite cuts at it). */
export function checkRecordId(entity: Entity, id: string): void {
  // oxlint-disable-next-line no-control-regex
  if (id !== "" && !/[\u0000-\u001f\u007f]/.test(id)) return;
  throw new MillraceError({
    code: "STORE_ID",
    message: `${JSON.stringify(id)} is no id for a ${entity}: it is empty or has a control character.`,
    mend: "Use an id of printable characters.",
    facts: { entity, id },
  });
}
