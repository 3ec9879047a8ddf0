import { MillraceError } from "../errors/millrace-error.js";

/** The one error of this floor: an argument outside of a function's domain. */
export function domainError(what: string, mend: string): MillraceError {
  return new MillraceError({ code: "STATISTICS_DOMAIN", message: what, mend });
}

/** Throws STATISTICS_DOMAIN unless the sample holds at least `least` values, none of them NaN. */
export function requireSample(name: string, values: ArrayLike<number>, least = 1): void {
  if (values.length < least)
    throw domainError(`The sample ${name} holds ${values.length} values; at least ${least} are needed.`, `Pass at least ${least} values in ${name}.`);
  for (let i = 0; i < values.length; i++)
    if (Number.isNaN(values[i])) throw domainError(`The sample ${name} holds NaN at index ${i}.`, `Drop missing values from ${name} first, and report how many.`);
}

/** Throws STATISTICS_DOMAIN unless every value is finite and at least 0, with a sum above 0. Returns the sum. */
export function requireWeights(name: string, values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0) || value === Infinity) throw domainError(`${name} holds ${value} at index ${i}.`, `Pass finite numbers of at least 0 in ${name}.`);
    sum += value;
  }
  if (sum === 0) throw domainError(`${name} sums to 0.`, `Pass at least one number above 0 in ${name}.`);
  return sum;
}

/** Throws STATISTICS_DOMAIN unless both have the same length. */
export function requireSameLength(left: ArrayLike<unknown>, right: ArrayLike<unknown>, names: string): void {
  if (left.length !== right.length)
    throw domainError(`${names} have ${left.length} and ${right.length} entries.`, `Pass ${names} with one entry per bin, in the same order.`);
}

/** Throws STATISTICS_DOMAIN unless `value` satisfies the test; `allowed` completes "must be". */
export function requireArgument(name: string, value: number, ok: boolean, allowed: string): void {
  if (!ok) throw domainError(`${name} is ${value}; it must be ${allowed}.`, `Pass ${name} ${allowed}.`);
}
