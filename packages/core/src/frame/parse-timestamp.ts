/** Epoch milliseconds of an ISO 8601 text, UTC where it names no zone; NaN for any other text, and for a day that its month does not have. */
export function parseTimestamp(text: string): number {
  return ISO.test(text) && hasDay(text) ? Date.parse(text.length > 10 && !ZONE.test(text) ? `${text}Z` : text) : NaN;
}

/** Date.parse makes 2 March of 30 February. */
function hasDay(text: string): boolean {
  const month = text.indexOf("-", 1);
  const day = Number(text.slice(month + 4, month + 6));
  return day <= 28 || new Date(Date.parse(text.slice(0, month + 6))).getUTCDate() === day;
}

/** Date.parse also takes texts of other forms, by rules that differ between engines. */
const ISO = /^[+-]?\d{4,6}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;
