import { executorLaws, type ExecutorCase } from "./executor/executor-laws.js";
import { describeLaws } from "./law.js";

/** The laws of executors as tests of one executor. */
export function describeExecutor(subject: ExecutorCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is an executor`, executorLaws, subject);
}
