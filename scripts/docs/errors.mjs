import { existsSync, readdirSync } from "node:fs";
import { EXIT, EXIT_BY_PREFIX } from "../../packages/cli/dist/exit-code.js";
import { ERROR_CODES } from "../../packages/core/dist/errors/codes.js";
import { table } from "./markdown.mjs";

const packages = new URL("../../packages/", import.meta.url);

/** The tables of all packages, the core's first. */
async function allCodes() {
  const found = [["@millrace/core", ERROR_CODES]];
  for (const name of readdirSync(packages).sort()) {
    const url = new URL(`${name}/dist/error-codes.js`, packages);
    if (existsSync(url)) found.push([name === "cli" ? "millrace" : `@millrace/${name}`, (await import(url.href)).ERROR_CODES]);
  }
  return found.flatMap(([owner, codes]) => Object.entries(codes).map(([code, meaning]) => ({ code, owner, ...meaning })));
}

function exitOf(code) {
  return EXIT_BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1] ?? EXIT.failed;
}

/** A section per area, a row per code. */
export async function errorsText() {
  const codes = (await allCodes()).sort((left, right) => (left.code < right.code ? -1 : 1));
  const areas = [...new Set(codes.map(areaOf))];
  return areas
    .map((area) => [area, codes.filter((one) => areaOf(one) === area)])
    .map(([area, members]) => `## ${area}\n\n${table(["code", "what it means", "what to do", "exit", "package"], members.map(({ code, means, mend, owner }) => [`\`${code}\``, means, mend, String(exitOf(code)), owner]))}`)
    .join("\n\n");
}

function areaOf({ code }) {
  return code.split("_")[0];
}
