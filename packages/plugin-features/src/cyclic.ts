import { arithmetic, lookup, MillraceError, type Arithmetic, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { civilTime, RANGES, type DatePart } from "./civil-time.js";
import { codeField, codeOf } from "./codes.js";
import { numberField } from "./columns.js";
import type { cyclicOptions } from "./cyclic.options.js";
import { NUMBERS, requireInputs, type InputKind, type Takes } from "./input.js";
import { nothing } from "./nothing.js";
import { atOffset } from "./utc-offset.js";

type Options = z.infer<typeof cyclicOptions>;

/** Position i of n as sin and cos of 2 pi i / n, so that the last stands beside the first. Missing and unseen give NaN. */
export function cyclic(options: Options): Transform<null> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(takesOf(options), input, "promised");
      return input.flatMap(({ name }) => outputNames(name, options).map(numberField));
    },
    fit(input) {
      requireInputs(takesOf(options), input, "fitted");
      return nothing;
    },
    // One table per kind of position: sums of float32 sines depend on where in a batch a row stands, tables never.
    lower: (_state, input, graph) =>
      new Map(
        [...input].flatMap(([name, value]) => {
          const { code, positions } = positionOf(value, options, graph);
          const [sine, cosine] = outputNames(name, options);
          return [
            [sine, lookup(graph, code, circle(positions, Math.sin))],
            [cosine, lookup(graph, code, circle(positions, Math.cos))],
          ] as const;
        }),
      ),
  };
}

function takesOf({ part, period }: Options): Takes {
  if (part !== null && period !== null)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: "`cyclic` was given both `part` and `period`.", mend: "Keep `part` for timestamps, or `period` for numbers." });
  const allowed: readonly InputKind[] = part !== null ? ["timestamp"] : period !== null ? NUMBERS : ["code"];
  return { transform: "cyclic", allowed, mend: "Set `part` for timestamps and `period` for numbers; leave both out for categories." };
}

function outputNames(name: string, { part }: Options): readonly [string, string] {
  const stem = part === null ? name : `${name}_${part.replaceAll("-", "_")}`;
  return [`${stem}_sin`, `${stem}_cos`];
}

/** The int64 position of each row in [0, n), n or above where there is none. */
function positionOf(value: Value, { part, period, utcOffset }: Options, graph: Graph): { readonly code: Value; readonly positions: number } {
  if (part === null && period === null) return { code: value, positions: value.field.categories!.length };
  const math = arithmetic(graph);
  const { position, positions } = part === null ? numberPosition(value, period!, math) : partPosition(atOffset(value, utcOffset, math), part, math);
  return { code: codeOf(position, positions, codeField("position", null), graph), positions };
}

function partPosition(time: Value, part: DatePart, math: Arithmetic) {
  const [least, greatest] = RANGES[part]!;
  return { position: math.sub(civilTime(time, math, [part]).get(part)!, least), positions: greatest - least + 1 };
}

function numberPosition(value: Value, period: number, { sub, mul, div, floor, where, and, greaterOrEqual, less }: Arithmetic) {
  const whole = floor(value);
  const position = sub(whole, mul(floor(div(whole, period)), period));
  // Beyond 2^53 the remainder is no longer exact and may leave the period; infinities give NaN.
  return { position: where(and(greaterOrEqual(position, 0), less(position, period)), position, NaN), positions: period };
}

/** Of each position, then NaN for missing and unseen. */
function circle(positions: number, wave: (angle: number) => number): Float64Array {
  return Float64Array.from({ length: positions + 2 }, (_, i) => (i < positions ? wave((2 * Math.PI * i) / positions) : NaN));
}
