export interface Step {
  readonly iteration: number;
  readonly value: number;
  /** What the value can still fall by, as the quadratic model has it. */
  readonly expected: number;
  readonly theta: Float64Array;
}

export interface Outcome extends Step {
  readonly ended: "converged" | "stopped" | "iterations" | "stalled";
}

/** What a minimizer tells after each iteration, and hears. */
export type Report = (step: Step) => Promise<"continue" | "stop">;
