import { readFileSync } from "node:fs";

/** Files that a page quotes whole. */
const QUOTES = {
  "README.md": ["examples/flight-delays/millrace.config.ts"],
  "docs/testing.md": ["examples/custom-plugin/ice-cream.test.ts"],
  "docs/writing-a-plugin.md": ["acme.ts", "acme.test.ts", "winsorize.ts", "within.ts"].map((name) => `packages/cli/fixtures/acme/${name}`),
};

/** A sentence for each file that a page quotes otherwise than it is. */
export function brokenQuotes(root) {
  const textOf = (path) => readFileSync(new URL(path, root), "utf8");
  return Object.entries(QUOTES).flatMap(([page, files]) => files.filter((file) => !textOf(page).includes(textOf(file))).map((file) => `${page} quotes ${file} otherwise than it is.`));
}
