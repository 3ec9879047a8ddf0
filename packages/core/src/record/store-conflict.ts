import type { Entity } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";

/** The error of a commit that lost: `expect` is what it had seen, `found` what is there (null: no record). */
export function storeConflict(entity: Entity, id: string, expect: number | null, found: number | null): MillraceError {
  const said = (revision: number | null): string => (revision === null ? "no record" : `revision ${revision}`);
  return new MillraceError({
    code: "STORE_CONFLICT",
    message: `The ${entity} "${id}" has changed: the commit expected ${said(expect)} and found ${said(found)}.`,
    mend: "Read the record again, and commit with the revision that it has now.",
    facts: { entity, id, expect, found },
  });
}
