import { concat, MillraceError, select, slice, withColumns, type Frame, type Predictor } from "@millrace/core";
import { difference } from "@millrace/core/model";
import type { VerifiedBundle } from "./bundle.js";

/** How long batches take, in milliseconds: the least of a few, behind the replay, which the machine's other work disturbs least. */
export interface MeasuredCost {
  readonly one: number;
  readonly rows64: number;
}

const TIMES = 5;

/** Asks the golden rows again, alone, in sevens and all at once, as a warm-up that shows equal bits; then measures. Throws SERVE_GOLDEN. */
export async function replayGolden(predictor: Predictor, { golden, signature, version }: VerifiedBundle): Promise<MeasuredCost> {
  const rows = select(golden, signature.inputs.map(({ name }) => name));
  const answers = signature.outputs.map(({ name }) => golden.column(`$${name}`));
  const expected = withColumns(select(golden, []), signature.outputs, answers);
  for (const size of [1, 7, golden.length]) {
    const { different, maximumUlp } = difference(expected, await inBatches(predictor, rows, size));
    if (different > 0) throw broken(`${version.model}@${version.version}`, different, golden.length, size, maximumUlp);
  }
  return { one: await timed(predictor, slice(rows, 0, 1)), rows64: await timed(predictor, repeated(rows, 64)) };
}

async function inBatches(predictor: Predictor, rows: Frame, size: number): Promise<Frame> {
  const found: Frame[] = [];
  for (let from = 0; from < rows.length; from += size) found.push(await predictor.predict(slice(rows, from, Math.min(from + size, rows.length))));
  const [first, ...rest] = found;
  return concat([first!, ...rest]);
}

function repeated(rows: Frame, count: number): Frame {
  const copies = Array.from({ length: Math.ceil(count / rows.length) }, () => rows);
  const [first, ...rest] = copies;
  return slice(concat([first!, ...rest]), 0, count);
}

async function timed(predictor: Predictor, rows: Frame): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const started = performance.now();
    await predictor.predict(rows);
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}

function broken(ref: string, different: number, rows: number, size: number, ulp: number): MillraceError {
  return new MillraceError({
    code: "SERVE_GOLDEN",
    message: `${ref} does not answer here as it was certified: ${different} of ${rows} golden rows differ in batches of ${size}, by up to ${ulp} ulp.`,
    mend: "Serve it with the runtime and on the kind of machine that its certificate names, or certify it anew: millrace run.",
  });
}
