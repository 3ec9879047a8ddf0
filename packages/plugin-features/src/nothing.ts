import { defineFold } from "@millrace/core";

/** For transforms that learn nothing. */
export const nothing = defineFold<null, null>({ start: () => null, add: () => null, merge: () => null, finish: () => null });
