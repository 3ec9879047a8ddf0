import type { Allocate } from "../../contracts/allocate.js";

/** Memory that every thread of this process reads without a copy; full of zeros. V8 counts none of it, so that it brings no collection nearer. */
export const sharedMemory: Allocate = (byteLength) => new Uint8Array(new SharedArrayBuffer(byteLength));

/** A copy of the bytes in such memory. */
export function shared(bytes: Uint8Array): Uint8Array {
  const copy = sharedMemory(bytes.byteLength);
  copy.set(bytes);
  return copy;
}
