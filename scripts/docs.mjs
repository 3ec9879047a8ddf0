// npm run docs: writes the generated parts of docs/*.md from the built packages. With --check: fails where a page is not up to date, a link leads nowhere, or a file is quoted otherwise than it is.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { commandsText } from "./docs/commands.mjs";
import { configText } from "./docs/config.mjs";
import { errorsText } from "./docs/errors.mjs";
import { extensionsText } from "./docs/extensions.mjs";
import { contractsText, KIND_PAGES, kindText } from "./docs/kinds.mjs";
import { brokenLinks } from "./docs/links.mjs";
import { withGenerated } from "./docs/markdown.mjs";
import { PICTURES } from "./docs/pictures/pictures.mjs";
import { brokenQuotes } from "./docs/quotes.mjs";

const root = new URL("../", import.meta.url);
const PAGES = { "docs/errors.md": errorsText, "docs/config.md": configText, "docs/extensions.md": extensionsText, "docs/commands.md": commandsText, "docs/kinds/contracts.md": contractsText, ...Object.fromEntries(Object.keys(KIND_PAGES).map((kind) => [`docs/kinds/${kind}.md`, () => kindText(kind)])) };

const isCheck = process.argv.includes("--check");
const complaints = [];
const FILES = [
  ...Object.entries(PAGES).map(([page, textOf]) => [page, async (before) => withGenerated(before, await textOf())]),
  ...Object.entries(PICTURES).map(([file, draw]) => [file, draw]),
];
for (const [page, make] of FILES) {
  const url = new URL(page, root);
  const before = existsSync(url) ? readFileSync(url, "utf8") : "";
  const after = await make(before);
  if (before === after) continue;
  if (isCheck) complaints.push(`${page} is not up to date. Run: npm run docs`);
  else writeFileSync(url, after);
}
if (isCheck) complaints.push(...brokenLinks(root), ...brokenQuotes(root));
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
