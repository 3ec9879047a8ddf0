import { slice, type Frame } from "@millrace/core";

/** The first row of a frame on which a run fails, found by halves; null where no half fails: the rows fail only together. */
export async function faultyRow(frame: Frame, run: (rows: Frame) => Promise<unknown>): Promise<number | null> {
  let from = 0;
  let to = frame.length;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (await fails(slice(frame, from, middle), run)) to = middle;
    else from = middle;
  }
  return (await fails(slice(frame, from, to), run)) ? from : null;
}

async function fails(rows: Frame, run: (rows: Frame) => Promise<unknown>): Promise<boolean> {
  try {
    await run(rows);
    return false;
  } catch {
    return true;
  }
}
