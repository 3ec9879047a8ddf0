import { packageVersion } from "@millrace/core";

/** The version that `millrace --version` prints. */
export const VERSION = packageVersion(import.meta.url);
