/** A number as much of Europe writes it: 74,18 or 1.074,18. */
const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/;
const FEWEST_TEXTS = 3;
const MOST_OTHERS = 0.05;

/** Whether texts are numbers with a decimal comma, but for a few that are none: what stands for a missing value. */
export function haveDecimalCommas(texts: readonly string[]): boolean {
  const numbers = texts.filter((text) => NUMBER.test(text.trim()));
  return texts.length >= FEWEST_TEXTS && numbers.some((text) => text.includes(",")) && numbers.length >= (1 - MOST_OTHERS) * texts.length;
}
