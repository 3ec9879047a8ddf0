/** Of this package, as its plugin says it. */
export const VERSION = "0.1.0";
