import type { Frame, Rows } from "../contracts/frame.js";

/** Rows in memory: the frames, one after the other, at each read. */
export function rowsOf(frames: readonly Frame[]): Rows {
  return {
    count: frames.reduce((sum, frame) => sum + frame.length, 0),
    async *read(signal) {
      for (const frame of frames) {
        signal.throwIfAborted();
        yield frame;
      }
    },
  };
}
