import type { Cursor } from "./cursor.js";

const [ZERO, DASH, TIME, COLON, DOT, UTC, QUOTE] = [..."0-T:.Z\""].map((sign) => sign.charCodeAt(0)) as [number, number, number, number, number, number, number];
const DAY = 86_400_000;

/** Epoch milliseconds of a text `"2001-06-30T23:59:00Z"`, or with `.123` behind the seconds, in UTC, on a day that every month has; NaN for any other, which may be a time all the same. */
export function takePlainTime(cursor: Cursor): number {
  const { bytes, at } = cursor;
  const two = (from: number): number => {
    const [tens, ones] = [bytes[at + from]! - ZERO, bytes[at + from + 1]! - ZERO];
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
  };
  const is = (from: number, sign: number): boolean => bytes[at + from] === sign;
  if (!(is(0, QUOTE) && is(5, DASH) && is(8, DASH) && is(11, TIME) && is(14, COLON) && is(17, COLON))) return NaN;
  const year = two(1) * 100 + two(3);
  const [month, day, hour, minute, second] = [two(6), two(9), two(12), two(15), two(18)];
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59 && second <= 59)) return NaN;
  const isFine = is(20, DOT);
  const end = isFine ? 24 : 20;
  const milliseconds = isFine ? two(21) * 10 + (two(22) % 10) : 0;
  if (!(is(end, UTC) && is(end + 1, QUOTE))) return NaN;
  const time = daysOf(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds;
  if (time === time) cursor.at = at + end + 2;
  return time;
}

/** Days from 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil); the year may be NaN. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const eraYear = shifted - era * 400;
  const yearDay = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + eraYear * 365 + Math.floor(eraYear / 4) - Math.floor(eraYear / 100) + yearDay - 719_468;
}
