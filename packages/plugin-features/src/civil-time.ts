import type { Arithmetic, Value } from "@millrace/core";

const DAY = 86_400_000;
/** Of ECMAScript: no time lies further from 1970. Beyond, float64 milliseconds are no longer whole, and parts would leave their lists. */
const GREATEST = 8.64e15;

/** Parts of a time, UTC. Weekdays count from Monday = 1 to Sunday = 7 (ISO 8601). */
export type DatePart = "year" | "quarter" | "month" | "day" | "day-of-year" | "weekday" | "hour" | "minute" | "second";

/** The least and the greatest value of each part; null: without bounds. */
export const RANGES: Readonly<Record<DatePart, readonly [number, number] | null>> = {
  year: null,
  quarter: [1, 4],
  month: [1, 12],
  day: [1, 31],
  "day-of-year": [1, 366],
  weekday: [1, 7],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
};

/** The wanted parts of `time` (float64 epoch milliseconds, any width) as float64; missing, infinite and impossible times give NaN. In whatever order they are wanted, the nodes are the same. */
export function civilTime(time: Value, math: Arithmetic, wanted: readonly DatePart[]): ReadonlyMap<DatePart, Value> {
  const { add, sub, mul, div, floor, where, lessOrEqual } = math;
  const modulo = (value: Value, divisor: number) => sub(value, mul(floor(div(value, divisor)), divisor));
  const valid = where(lessOrEqual(math.abs(time), GREATEST), time, NaN);
  const days = floor(div(valid, DAY));
  const inDay = sub(valid, mul(days, DAY));
  // Equal nodes are one, so that several parts share them.
  const date = () => civilDate(days, math);
  const parts: Readonly<Record<DatePart, () => Value>> = {
    year: () => date().year,
    quarter: () => floor(div(add(date().month, 2), 3)),
    month: () => date().month,
    day: () => date().day,
    "day-of-year": () => dayOfYear(date(), math),
    // 1970-01-01 was a Thursday.
    weekday: () => add(modulo(add(days, 3), 7), 1),
    hour: () => floor(div(inDay, 3_600_000)),
    minute: () => modulo(floor(div(inDay, 60_000)), 60),
    second: () => modulo(floor(div(inDay, 1000)), 60),
  };
  const names = Object.keys(parts) as DatePart[];
  return new Map(names.filter((name) => wanted.includes(name)).map((name) => [name, parts[name]()]));
}

interface CivilDate {
  readonly year: Value;
  readonly month: Value;
  readonly day: Value;
  /** Of the year that begins in March: 0 to 365. */
  readonly marchDay: Value;
}

/** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days; floors of float64 quotients are exact in this range. */
function civilDate(days: Value, { add, sub, mul, div, floor, where, less, lessOrEqual }: Arithmetic): CivilDate {
  const shifted = add(days, 719_468);
  const era = floor(div(shifted, 146_097));
  const eraDay = sub(shifted, mul(era, 146_097));
  const leapless = sub(add(sub(eraDay, floor(div(eraDay, 1460))), floor(div(eraDay, 36_524))), floor(div(eraDay, 146_096)));
  const eraYear = floor(div(leapless, 365));
  const yearStart = sub(add(mul(eraYear, 365), floor(div(eraYear, 4))), floor(div(eraYear, 100)));
  const marchDay = sub(eraDay, yearStart);
  const marchMonth = floor(div(add(mul(marchDay, 5), 2), 153));
  const day = add(sub(marchDay, floor(div(add(mul(marchMonth, 153), 2), 5))), 1);
  const month = where(less(marchMonth, 10), add(marchMonth, 3), sub(marchMonth, 9));
  const year = add(add(eraYear, mul(era, 400)), where(lessOrEqual(month, 2), 1, 0));
  return { year, month, day, marchDay };
}

/** January 1 is day 1; it is day 306 of the year that begins in March, and February has 29 days in leap years. */
function dayOfYear({ year, marchDay }: CivilDate, { add, sub, mul, div, floor, where, less, equal, and, or, not }: Arithmetic): Value {
  const divides = (divisor: number) => equal(sub(year, mul(floor(div(year, divisor)), divisor)), 0);
  const leap = or(and(divides(4), not(divides(100))), divides(400));
  return where(less(marchDay, 306), add(add(marchDay, 60), where(leap, 1, 0)), sub(marchDay, 305));
}
