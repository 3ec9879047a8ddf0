import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seeded } from "../../packages/core/dist/index.js";

const COLUMNS = 5;
const LEVELS = 10;
const MISSING = 0.05;
const BLOCK = 10_000;

/**
 * Writes the values that both sides read: values.csv with `n<j>` (float32 in nine digits, 5 % empty) and `c<j>` (texts, 10 levels).
 * Returns its path, the names, and how to remove it.
 */
export function writeValues(rows) {
  const folder = mkdtempSync(join(tmpdir(), "millrace-bench-features-"));
  const path = join(folder, "values.csv");
  const numbers = Array.from({ length: COLUMNS }, (_, j) => `n${j}`);
  const texts = Array.from({ length: COLUMNS }, (_, j) => `c${j}`);
  const random = seeded(1);
  const file = openSync(path, "w");
  writeSync(file, `${[...numbers, ...texts].join()}\n`);
  for (let start = 0; start < rows; start += BLOCK) {
    const lines = Array.from({ length: Math.min(BLOCK, rows - start) }, () => `${row(random)}\n`);
    writeSync(file, lines.join(""));
  }
  closeSync(file);
  return { path, numbers, texts, remove: () => rmSync(folder, { recursive: true }) };
}

function row(random) {
  const cells = [];
  for (let j = 0; j < COLUMNS; j++) cells.push(random() < MISSING ? "" : Math.fround(normal(random) * (j + 1) + 10 * j).toPrecision(9));
  for (let j = 0; j < COLUMNS; j++) cells.push(`level_${Math.floor(random() * LEVELS)}`);
  return cells.join();
}

/** Box and Muller (1958). */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
