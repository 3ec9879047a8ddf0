import { packageVersion } from "@millrace/core";

/** Of this package, as its plugin says it. */
export const VERSION = packageVersion(import.meta.url);
