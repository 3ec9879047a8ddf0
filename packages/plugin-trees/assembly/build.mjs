// Compiles the kernels twice: with SIMD and memory that threads share, and with neither. Both give the same bits.
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = fileURLToPath(new URL("..", import.meta.url));
const BUILDS = { kernels: ["--enable", "simd", "--enable", "threads", "--sharedMemory"], "kernels-plain": [] };
const OPTIONS = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--initialMemory", "1", "--maximumMemory", "65536"];
const DATA_SECTION = 11;

/** The numbers of a module's sections. */
function sectionsOf(bytes) {
  const sections = [];
  for (let at = 8; at < bytes.length; ) {
    sections.push(bytes[at++]);
    let [size, shift] = [0, 0];
    for (let more = true; more; shift += 7) {
      more = bytes[at] >= 128;
      size += (bytes[at++] & 127) * 2 ** shift;
    }
    at += size;
  }
  return sections;
}

mkdirSync(`${folder}dist`, { recursive: true });
for (const [name, features] of Object.entries(BUILDS)) {
  const { error, stderr } = await asc.main(["assembly/index.ts", "--baseDir", folder, "--outFile", `dist/${name}.wasm`, ...OPTIONS, ...features]);
  // Constants in memory would lie where the first rows are.
  const hasData = error === null && sectionsOf(readFileSync(`${folder}dist/${name}.wasm`)).includes(DATA_SECTION);
  if (error === null && !hasData) continue;
  console.error(hasData ? `${name} has constants in memory: leave out what brings them (library functions with tables, texts).` : stderr.toString());
  process.exit(1);
}
