/** `1.24 s`, `2 min 03 s`. */
export function seconds(value: number): string {
  if (value < 0.0995) return `${Math.round(value * 1_000)} ms`;
  if (value < 60) return `${value.toFixed(value < 9.995 ? 2 : 1)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** `3,000,000` */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** Four decimals, or as many digits as tell something. */
export function metric(value: number): string {
  return Math.abs(value) >= 1e-3 || value === 0 ? value.toFixed(4) : value.toPrecision(3);
}

/** Half of an interval's width: no more decimals than the value that it belongs to, and one digit at least. */
export function marginDigits(value: number): string {
  return value === 0 ? "0" : value < 1e-4 ? value.toPrecision(1) : value.toFixed(4);
}

/** `2026-08-01 09:30:15`, UTC. */
export function moment(iso: string | null): string {
  return iso === null ? "" : iso.slice(0, 19).replace("T", " ");
}
