/** Epoch milliseconds of an ISO 8601 text, UTC where it names no zone; NaN for any other text. */
export function parseTimestamp(text: string): number {
  return ISO.test(text) ? Date.parse(text.length > 10 && !ZONE.test(text) ? `${text}Z` : text) : NaN;
}

/** Date.parse also takes texts of other forms, by rules that differ between engines. */
const ISO = /^[+-]?\d{4,6}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;
