/** What the core is called among plugins, whose rules and steps no other brings. */
export const CORE = "@millrace/core";
