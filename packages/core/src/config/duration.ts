import { MillraceError } from "../errors/millrace-error.js";

const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const MONTHS = { mo: 1, y: 12 } as const;

/** A whole number and a unit: `15m` is minutes, `1mo` a calendar month. */
export const DURATION = /^(\d{1,9})(ms|s|mo|m|h|d|w|y)$/;

/** Calendar months have no length in milliseconds; one of the two is 0. */
export interface Duration {
  readonly months: number;
  readonly milliseconds: number;
}

/** Throws CONFIG_DURATION. */
export function parseDuration(text: string): Duration {
  const match = DURATION.exec(text);
  if (match === null) {
    throw new MillraceError({
      code: "CONFIG_DURATION",
      message: `"${text}" is no duration.`,
      mend: 'Write a whole number and a unit: ms, s, m (minutes), h, d, w, mo (months) or y, for example "30d", "1mo" or "15m".',
      facts: { found: text },
    });
  }
  const count = Number(match[1]);
  const unit = match[2]!;
  if (unit in MONTHS) return { months: count * MONTHS[unit as keyof typeof MONTHS], milliseconds: 0 };
  return { months: 0, milliseconds: count * MILLISECONDS[unit as keyof typeof MILLISECONDS] };
}

/** Milliseconds of a duration without months. Throws CONFIG_DURATION. */
export function durationMs(text: string): number {
  const { months, milliseconds } = parseDuration(text);
  if (months === 0) return milliseconds;
  throw new MillraceError({
    code: "CONFIG_DURATION",
    message: `"${text}" counts calendar months, which have no fixed length.`,
    mend: 'Write it in days or less, for example "30d".',
    facts: { found: text },
  });
}

/** The moment that lies a duration before another; epoch milliseconds, UTC. A day that a month lacks becomes its last. Throws CONFIG_DURATION. */
export function before(ms: number, duration: string): number {
  const { months, milliseconds } = parseDuration(duration);
  if (months === 0) return ms - milliseconds;
  const from = new Date(ms);
  const target = new Date(ms);
  target.setUTCDate(1);
  target.setUTCMonth(from.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return target.getTime();
}
