import { existsSync, readdirSync, readFileSync } from "node:fs";

const NO_PAGES = new Set(["node_modules", "dist", ".git", ".millrace", ".turbo", ".tmp"]);

/** The Markdown files below a folder. */
function pagesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return NO_PAGES.has(entry.name) ? [] : pagesBelow(new URL(`${entry.name}/`, folder));
    return entry.name.endsWith(".md") ? [new URL(entry.name, folder)] : [];
  });
}

/** The names that a page's headings have as targets of links, as GitHub makes them. */
function anchorsOf(text) {
  const headings = withoutCode(text).match(/^#{1,6} .+$/gm) ?? [];
  const seen = new Map();
  return headings.map((heading) => {
    const name = heading.replace(/^#+ /, "").toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}-${times}`;
  });
}

function withoutCode(text) {
  return text.replaceAll(/^```.*?^```/gms, "");
}

/** A sentence for each relative link of the workspace's Markdown files that leads nowhere. */
export function brokenLinks(root) {
  return pagesBelow(root).flatMap((page) => {
    const text = readFileSync(page, "utf8");
    const links = [...withoutCode(text).replaceAll(/`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]);
    return links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(new URL(link, page))).map((link) => `${page.href.slice(root.href.length)}: the link ${link} leads nowhere.`);
  });
}

function leadsSomewhere(target) {
  const anchor = decodeURIComponent(target.hash.slice(1));
  const file = new URL(target);
  file.hash = "";
  return existsSync(file) && (anchor === "" || anchorsOf(readFileSync(file, "utf8")).includes(anchor));
}
