#!/usr/bin/env node
// npm run bench -- <name> [--quick] [--json] [--only part]: runs bench/<name>/index.mjs, peers beside us, and prints what it measured.
import { existsSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { jsonLines } from "./json-lines.mjs";
import { machine } from "./machine.mjs";
import { figureTable } from "./table.mjs";

const folder = new URL(".", import.meta.url);
const names = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/index.mjs`, folder)));
const usage = `Usage: npm run bench -- <name> [--quick] [--json] [--only part]\nBenchmarks: ${names.join(", ")}`;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean", default: false }, json: { type: "boolean", default: false }, only: { type: "string", multiple: true }, help: { type: "boolean", default: false } } });
    return { ...values, names: positionals };
  } catch (error) {
    return { error: error.message };
  }
}

const { names: chosen = [], quick, json, only, help, error } = readArguments();
if (help) {
  console.log(usage);
} else if (error !== undefined || chosen.length === 0 || chosen.some((name) => !names.includes(name))) {
  console.error(error ?? (chosen.length === 0 ? "Name a benchmark." : `There is no benchmark ${chosen.filter((name) => !names.includes(name)).join(", ")}.`));
  console.error(usage);
  process.exitCode = 2;
} else {
  for (const name of chosen) {
    const before = machine();
    if (!json) console.log(`${name}${quick ? " (quick)" : ""}\n${before}`);
    const { default: run, parts = [] } = await import(new URL(`${name}/index.mjs`, folder).href);
    const strange = only?.find((part) => !parts.includes(part));
    if (strange !== undefined) {
      console.error(`${name} has no part ${strange}. Parts: ${parts.join(", ") || "none"}`);
      process.exitCode = 2;
      continue;
    }
    // What is said on the way goes to stderr, so that --json leaves figures alone on stdout.
    const { figures, notes } = await run({ quick, only, say: (message) => process.stderr.write(`${message}\n`) });
    console.log(json ? jsonLines(name, figures) : [figureTable(figures), ...notes, machine("after")].join("\n"));
  }
}
