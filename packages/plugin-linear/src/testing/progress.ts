import type { Progress } from "@millrace/core";

export interface Watched<State> extends Progress<State> {
  readonly steps: { readonly step: number; readonly metrics: Readonly<Record<string, number>> }[];
  readonly saved: State[];
}

/** A progress that keeps what it is told; says stop at step `stopAt`. */
export function watched<State>(stopAt = Infinity, signal: AbortSignal = new AbortController().signal): Watched<State> {
  const steps: Watched<State>["steps"] = [];
  const saved: State[] = [];
  return {
    steps,
    saved,
    report: async (step, metrics) => {
      steps.push({ step, metrics });
      return step >= stopAt ? "stop" : "continue";
    },
    save: async (state) => {
      saved.push(structuredClone(state));
    },
    random: () => 0.5,
    signal,
    limits: { threads: 1, memoryBytes: 1e9 },
  };
}
