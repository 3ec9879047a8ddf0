import { readFileSync } from "node:fs";

export interface Compiled {
  readonly module: WebAssembly.Module;
  /** SIMD, and threads over shared memory. */
  readonly isFast: boolean;
}

/** (module (func (drop (v128.const i64x2 0 0)))): valid where there is SIMD. */
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 26, 11);
/** (module (memory 1 1 shared)): valid where there is shared memory. */
const SHARED = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 3, 1, 1);

const known = new Map<boolean, Compiled>();

/** The kernels, compiled once per process. `plain`: the build without SIMD and threads, which is also taken where the machine has neither. */
export function compiled(plain = false): Compiled {
  const isFast = !plain && WebAssembly.validate(SIMD) && WebAssembly.validate(SHARED);
  const found = known.get(isFast) ?? { isFast, module: new WebAssembly.Module(readFileSync(new URL(`../../dist/kernels${isFast ? "" : "-plain"}.wasm`, import.meta.url))) };
  known.set(isFast, found);
  return found;
}
