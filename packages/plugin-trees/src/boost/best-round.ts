/** How many rounds to keep: those up to the least loss, the first of equals. */
export function bestRound(losses: readonly number[]): number {
  let best = 0;
  losses.forEach((loss, index) => {
    if (loss < losses[best]!) best = index;
  });
  return losses.length === 0 ? 0 : best + 1;
}

/** Whether the loss was not lowered for so many rounds. */
export function isStale(losses: readonly number[], patience: number): boolean {
  return losses.length - bestRound(losses) >= patience;
}
