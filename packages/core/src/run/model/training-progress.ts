import type { StepContext } from "../../contracts/step.js";
import type { Progress } from "../../contracts/trainer.js";
import { decode, encodeExact } from "../../fold/encode.js";

/** What a checkpoint holds beside the trainer's state, so that a training that goes on from it tells and draws the same as one that nothing disturbed. */
interface Checkpoint {
  readonly state: unknown;
  readonly trace: readonly Readonly<Record<string, number>>[];
  /** Random numbers drawn. */
  readonly draws: number;
}

/** What a trainer starts from and talks to; `trace` gets the metrics of each iteration. */
export async function trainingProgress(context: StepContext): Promise<{ readonly start: unknown; readonly trace: Readonly<Record<string, number>>[]; readonly progress: Progress<unknown> }> {
  const bytes = await context.checkpoints.last();
  const before = bytes === null ? null : decode<Checkpoint>(bytes);
  const trace = [...(before?.trace ?? [])];
  let draws = 0;
  const random = (): number => {
    draws++;
    return context.random();
  };
  for (let draw = 0; draw < (before?.draws ?? 0); draw++) random();
  const progress: Progress<unknown> = {
    async report(step, metrics) {
      trace.push({ ...metrics });
      const facts = Object.entries(metrics).map(([name, value]) => `${name} ${value.toPrecision(6)}`).join(", ");
      await context.progress(null, `iteration ${step}: ${facts}`);
      return "continue";
    },
    save: (state) => context.checkpoints.keep(encodeExact({ state, trace, draws } satisfies Checkpoint)),
    random,
    signal: context.signal,
    limits: context.limits,
  };
  return { start: before?.state ?? null, trace, progress };
}
