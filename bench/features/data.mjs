import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seeded } from "../../packages/core/dist/index.js";

const NUMBERS = 5;
const TEXTS = 5;
const LEVELS = 10;
const MISSING = 0.05;

/**
 * Writes the values that both sides read: `n<j>.f32` (little-endian float32, 5 % NaN) and `c<j>.txt` (UTF-8, one text a line, 10 levels).
 * Returns the folder and how to remove it.
 */
export function writeValues(rows) {
  const folder = mkdtempSync(join(tmpdir(), "millrace-bench-features-"));
  const random = seeded(1);
  const names = { numbers: [], texts: [] };
  for (let j = 0; j < NUMBERS; j++) {
    const values = new Float32Array(rows);
    for (let i = 0; i < rows; i++) values[i] = random() < MISSING ? NaN : normal(random) * (j + 1) + 10 * j;
    writeFileSync(join(folder, `n${j}.f32`), values);
    names.numbers.push(`n${j}`);
  }
  for (let j = 0; j < TEXTS; j++) {
    const lines = Array.from({ length: rows }, () => `level_${Math.floor(random() * LEVELS)}`);
    writeFileSync(join(folder, `c${j}.txt`), lines.join("\n"));
    names.texts.push(`c${j}`);
  }
  return { folder, ...names, remove: () => rmSync(folder, { recursive: true }) };
}

/** Box and Muller (1958). */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
