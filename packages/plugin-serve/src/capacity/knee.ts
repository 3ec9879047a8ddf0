import type { LoopResult } from "./closed-loop.js";

/** What so many connections got. */
export interface Level extends LoopResult {
  readonly connections: number;
}

/** More connections than those that get this share of the most requests add waiting, and few requests. */
const NEARLY_ALL = 0.95;

/** Levels behind the best one, before no better is looked for. */
const IN_VAIN = 2;

/** The level with the fewest connections that gets nearly the most requests; null: none got an answer to each. */
export function kneeOf(levels: readonly Level[]): Level | null {
  const whole = levels.filter(({ failed }) => failed === 0);
  const most = Math.max(...whole.map(({ perSecond }) => perSecond));
  return whole.find(({ perSecond }) => perSecond >= NEARLY_ALL * most) ?? null;
}

/** The level with the most requests a second of those whose p99 is at most so many milliseconds; null: none. */
export function bestWithin(levels: readonly Level[], p99: number): Level | null {
  return levels.filter((level) => level.failed === 0 && level.p99 <= p99).reduce<Level | null>((best, level) => (best === null || level.perSecond > best.perSecond ? level : best), null);
}

/** Whether the last levels brought nothing. */
export function isPastKnee(levels: readonly Level[]): boolean {
  const before = levels.slice(0, -IN_VAIN);
  const most = Math.max(...before.map(({ perSecond }) => perSecond));
  return before.length > 0 && levels.slice(-IN_VAIN).every(({ perSecond }) => NEARLY_ALL * perSecond < most);
}

/** A process is to be busy for this share of the time at most: beyond it, waiting grows faster than load. */
export const BUSY = 0.7;

/** How many processes a load needs, of which one answers `capacity` requests a second. */
export function processesFor(perSecond: number, capacity: number): number {
  return Math.max(1, Math.ceil(perSecond / (BUSY * capacity)));
}
