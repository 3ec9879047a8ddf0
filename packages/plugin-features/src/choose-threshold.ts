import { MillraceError, type ScoreCurve } from "@millrace/core";
import type { DecideOptions } from "./decide.options.js";
import { acted, operatingPoints, pointAt, rows, type OperatingPoint } from "./operating-points.js";
import { precision, quality, recall, specificity, totalCost } from "./qualities.js";

/** Sums of weights in another order may differ by this share. */
const SLACK = 1e-12;

const LIMITED = { precision, recall, specificity } as const;

/**
 * The best point that the rule allows. Of equally good ones the strictest, and for `precision` the laxest, which has the most recall. Throws
 * DECIDE_UNREACHABLE where no point is allowed.
 */
export function chooseThreshold(options: DecideOptions, curve: ScoreCurve): OperatingPoint {
  // Scores leave as float32: one that shows 0.9 is at least 0.9.
  if (options.threshold !== null) return pointAt(curve, Math.fround(options.threshold));
  const isLax = options.maximize === "precision";
  let best: OperatingPoint | null = null;
  for (const point of operatingPoints(curve)) {
    if (!isAllowed(options, point)) continue;
    if (best !== null) {
      const [before, now] = [worth(options, best), worth(options, point)];
      const slack = SLACK * Math.max(Math.abs(before), Math.abs(now));
      if (!(now > before + slack || (isLax && now >= before - slack))) continue;
    }
    best = point;
  }
  if (best === null) throw unreachable(options, curve);
  return best;
}

/** How many rows a capacity allows among `total`. */
export function allowance({ capacity, per }: DecideOptions, total: number): number {
  if (capacity === null) return Infinity;
  return per === null ? capacity : (capacity / per) * total;
}

function isAllowed(options: DecideOptions, point: OperatingPoint): boolean {
  // To act on nothing is a choice where costs say so, and all there is where there are no rows.
  if (point.threshold === Infinity && rows(point) > 0 && options.cost === null) return false;
  const reaches = rows(point) === 0 || Object.entries(options.atLeast ?? {}).every(([name, least]) => LIMITED[name as keyof typeof LIMITED](point) >= least - SLACK);
  return reaches && acted(point) <= allowance(options, rows(point)) * (1 + SLACK);
}

/** What is to be greatest: less cost, the metric, or, where there is nothing but a capacity, the rows acted on. */
function worth({ cost, maximize, beta }: DecideOptions, point: OperatingPoint): number {
  if (cost !== null) return -totalCost(cost, point);
  return maximize === null ? acted(point) : quality(maximize, point, beta);
}

function unreachable(options: DecideOptions, curve: ScoreCurve): MillraceError {
  const [none, strictest] = operatingPoints(curve);
  const room = allowance(options, rows(none!));
  const limits = Object.entries(options.atLeast ?? {}).map(([name, least]) => `${name} of at least ${least} (alone, ${greatest(curve, LIMITED[name as keyof typeof LIMITED]).toFixed(4)} can be reached)`);
  if (room < Infinity) limits.push(`at most ${room} of ${rows(none!)} rows (${acted(strictest!)} share the highest score)`);
  return new MillraceError({
    code: "DECIDE_UNREACHABLE",
    message: `No threshold on the validation rows reaches ${limits.join(", and ")}.`,
    mend: "Lower what `decide` asks for in `atLeast`, raise `capacity`, or, where many rows share a score, use `calibrate` with method platt, which keeps rows apart.",
    facts: { atLeast: options.atLeast, capacity: options.capacity, per: options.per },
  });
}

function greatest(curve: ScoreCurve, of: (point: OperatingPoint) => number): number {
  let found = 0;
  for (const point of operatingPoints(curve)) found = Math.max(found, of(point));
  return found;
}
