import { MillraceError } from "../errors/millrace-error.js";

const UNITS = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;

export const BYTES = /^(\d+(?:\.\d+)?)\s?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/;

/** Whole bytes of `3GiB` or `500MB`. Throws CONFIG_BYTES. */
export function parseBytes(text: string): number {
  const match = BYTES.exec(text);
  if (match !== null) return Math.floor(Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]);
  throw new MillraceError({
    code: "CONFIG_BYTES",
    message: `"${text}" is no size.`,
    mend: 'Write a number and a unit: B, KB, MB, GB, KiB, MiB or GiB, for example "3GiB".',
    facts: { found: text },
  });
}

/** `3.2 GiB`, for people. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  return `${power === 0 ? bytes : (bytes / 2 ** (10 * power)).toFixed(1)} ${units[power]}`;
}
