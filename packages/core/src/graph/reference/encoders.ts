import { MillraceError } from "../../errors/millrace-error.js";
import { intOf, intsOf, stringOf, stringsOf } from "../attributes.js";
import { toFloat64 } from "../../frame/missing.js";
import { DTYPE_OF } from "../onnx-dtype.js";
import { numeric, type Numeric, type Operator } from "./kernel.js";

export const cast: Operator = (attributes) => {
  const to = DTYPE_OF.get(intOf(attributes, "to", 0))!;
  return ([value]) => {
    const { dims, dtype } = value!;
    const values = value!.values as ArrayLike<number | bigint>;
    if (to === "int64") return [{ dtype: to, dims, values: values instanceof BigInt64Array ? values : wholes(values as ArrayLike<number>) }];
    if (to === "bool") return [{ dtype: to, dims, values: Uint8Array.from(values, (number) => (number == 0 ? 0 : 1)) }];
    if (to === "int32" && dtype === "int64") return [{ dtype: to, dims, values: Int32Array.from(values, (number) => Number(BigInt.asIntN(32, number as bigint))) }];
    if (to === "int32") return [{ dtype: to, dims, values: Int32Array.from(values as ArrayLike<number>, whole) }];
    // By halves: many times as fast as by BigInt, and as exact (see toFloat64).
    return [numeric(to as Numeric["dtype"], dims, values instanceof BigInt64Array ? toFloat64({ dtype: "int64", values, validity: null }) : (values as ArrayLike<number>))];
  };
};

/** As int64, toward zero; by halves where float64 holds each whole number, which is many times as fast as by BigInt. */
function wholes(numbers: ArrayLike<number>): BigInt64Array {
  const values = new BigInt64Array(numbers.length);
  const words = new Int32Array(values.buffer);
  for (let at = 0; at < numbers.length; at++) {
    const number = whole(numbers[at]!);
    if (Math.abs(number) >= 2 ** 53) values[at] = BigInt(number);
    else {
      const high = Math.floor(number / 2 ** 32);
      words[2 * at] = number - high * 2 ** 32;
      words[2 * at + 1] = high;
    }
  }
  return values;
}

/** Toward zero. Throws RUNTIME_FAILED for what no integer holds: there onnxruntime gives INT64_MIN, and the Gather behind it fails. */
function whole(number: number): number {
  if (Math.abs(number) < 2 ** 63) return Math.trunc(number);
  throw new MillraceError({
    code: "RUNTIME_FAILED",
    message: `Cast: ${number} is no integer.`,
    mend: "Impute missing values, and clip, before a cast to an integer.",
  });
}

/** Of equal keys the first counts. */
export const labelEncoder: Operator = (attributes) => {
  const texts = stringsOf(attributes, "keys_strings");
  const keys: readonly (string | bigint)[] = texts.length > 0 ? texts : intsOf(attributes, "keys_int64s").map(BigInt);
  const strings = stringsOf(attributes, "values_strings");
  const values: readonly (string | bigint)[] = strings.length > 0 ? strings : intsOf(attributes, "values_int64s").map(BigInt);
  const table = new Map(keys.map((key, index) => [key, values[index]!] as const).reverse());
  const otherwise = strings.length > 0 ? stringOf(attributes, "default_string", "_Unused") : BigInt(intOf(attributes, "default_int64", -1));
  return ([input]) => {
    const found = Array.from(input!.values as Iterable<string | bigint>, (key) => table.get(key) ?? otherwise);
    const { dims } = input!;
    return [strings.length > 0 ? { dtype: "string", dims, values: found as string[] } : { dtype: "int64", dims, values: BigInt64Array.from(found as bigint[]) }];
  };
};
