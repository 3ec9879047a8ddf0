import type { Arithmetic, Value } from "@millrace/core";

/** A time (float64 epoch milliseconds) as a clock at this offset (`+02:00`) shows it, counted as if it were UTC. */
export function atOffset(time: Value, offset: string, { add }: Arithmetic): Value {
  const [hours, minutes] = offset.slice(1).split(":").map(Number) as [number, number];
  const shift = (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return shift === 0 ? time : add(time, shift);
}
