/** Memory of this many bytes, whatever it holds, at a multiple of 8 bytes: what each call gives is apart from what the others gave. */
export type Allocate = (byteLength: number) => Uint8Array;
