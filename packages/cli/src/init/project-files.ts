import { VERSION } from "../version.js";

/** A line, and a comment that is written above it. */
interface Line {
  readonly line: string;
  readonly comment?: string;
}

/** What a package that installs onnxruntime says to npm. */
export const NPMRC: readonly Line[] = [
  {
    line: "onnxruntime-node-install=skip",
    comment: "# npm warns that it does not know this key. The installation of onnxruntime-node does: without it, it fetches CUDA libraries of some 300 MB that nothing here uses.",
  },
];

/** Lines that a file of a project must have; what stands in it already stays. */
const LINES: Readonly<Record<string, readonly Line[]>> = {
  ".npmrc": NPMRC,
  ".gitignore": [{ line: "node_modules/" }, { line: ".millrace/" }],
};

/** The files beside a config, by name; `existing` gives the text of one that is there, or null. A file that needs no change is not among them. */
export function projectFiles(project: string, model: string, existing: (name: string) => string | null): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (existing("package.json") === null) files.set("package.json", packageJson(project));
  for (const [name, lines] of Object.entries(LINES)) {
    const before = existing(name);
    const present = new Set((before ?? "").split(/\r?\n/).map((line) => line.trim()));
    const lacking = lines.filter(({ line }) => !present.has(line) && !present.has(line.replace(/\/$/, "")));
    if (lacking.length > 0) files.set(name, `${before === null || before === "" || before.endsWith("\n") ? (before ?? "") : `${before}\n`}${linesText(lacking)}`);
  }
  if (existing("README.md") === null) files.set("README.md", readme(project, model));
  return files;
}

/** Lines of a file, each below its comment. */
export function linesText(lines: readonly Line[]): string {
  return lines.map(({ line, comment }) => `${comment === undefined ? "" : `${comment}\n`}${line}\n`).join("");
}

/** Lower case, digits and hyphens, beginning with a letter: a name of a project, a model and a package. */
export function slug(name: string, otherwise: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return plain === "" ? otherwise : plain;
}

function packageJson(project: string): string {
  const text = { name: project, version: "0.1.0", private: true, type: "module", engines: { node: ">=20.19" }, scripts: { plan: "millrace plan", run: "millrace run" }, dependencies: { millrace: `^${VERSION}` } };
  return `${JSON.stringify(text, null, 2)}\n`;
}

function readme(project: string, model: string): string {
  return `# ${project}

A model by [Millrace](https://www.npmjs.com/package/millrace). \`millrace.config.ts\` says what it learns from what, and why.

\`\`\`sh
npm install
npx millrace plan     # what would run, and why
npx millrace run      # does it
npx millrace models show ${model}@champion
npx millrace predict ${model}@champion --in new-rows.csv --out predicted.csv
\`\`\`

Everything that a run makes lies in \`.millrace\`, which is not committed.
`;
}
