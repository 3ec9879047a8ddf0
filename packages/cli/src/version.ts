/** The version that `millrace --version` prints. */
export const VERSION = "0.1.0";
