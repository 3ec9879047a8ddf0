import type { Entity } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";

/** The error of a commit that lost: `expect` is what it had seen, `found` what is there (null: no record). */
export function storeConflict(entity: Entity, id: string, expect: number | null, found: number | null): MillraceError {
  return new MillraceError({
    code: "STORE_CONFLICT",
    message: `The ${entity} "${id}" has changed: the commit expected ${revisionText(expect)} and found ${revisionText(found)}.`,
    mend: "Read the record again, and commit with the revision that it has now.",
    facts: { entity, id, expect, found },
  });
}

function revisionText(revision: number | null): string {
  return revision === null ? "no record" : `revision ${revision}`;
}
