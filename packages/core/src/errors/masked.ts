import { MillraceError } from "./millrace-error.js";

/** What stands where a value of personal data would. */
export const MASKED = "(masked)";

/**
 * An error as others may see it, where some columns hold personal data. Errors that quote data tell so by facts: `value`, the text (or texts) as it stands
 * in the message, and `column`, where it is known whose it is. A quote from a personal column is masked, and so is one whose column nobody knows, as in a
 * line that has no columns yet; its causes, which quote without saying so, are left out. Any other error comes back as it is.
 */
export function maskedError(error: unknown, personal: readonly string[]): unknown {
  if (personal.length === 0 || !MillraceError.is(error)) return error;
  const { column, value } = error.facts;
  const quotes = [value].flat().filter((quote): quote is string => typeof quote === "string" && quote !== "");
  if (quotes.length === 0 || (typeof column === "string" && !personal.includes(column))) return error;
  // The longest first: one quote may hold another.
  const mask = (text: string) => quotes.toSorted((left, right) => right.length - left.length).reduce((masked, quote) => masked.replaceAll(quote, MASKED), text);
  const masked = new MillraceError({ code: error.code, message: mask(error.message), mend: mask(error.mend), facts: { ...error.facts, value: MASKED } });
  if (error.stack !== undefined) masked.stack = mask(error.stack);
  return masked;
}
